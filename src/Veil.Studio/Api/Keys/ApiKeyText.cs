using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Veil.Studio.Api.Keys;

/// <summary>The key as its user has it: <c>veil_ID_SECRET</c>.</summary>
/// <param name="Id">Finds it.</param>
/// <param name="Text">The whole of it.</param>
internal readonly record struct ApiKeyText(string Id, string Text)
{
    private const string Prefix = "veil_";
    private const int IdBytes = 6;
    private const int SecretBytes = 32;
    private const int SaltBytes = 16;
    private const int MaxLength = 128;

    /// <summary>Draws one.</summary>
    public static ApiKeyText Draw()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return new ApiKeyText(id, $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>Reads one; null for anything that has another form.</summary>
    public static ApiKeyText? Parse(string text)
    {
        var end = Prefix.Length + (2 * IdBytes);
        return text.Length > end && text.Length <= MaxLength && text.StartsWith(Prefix, StringComparison.Ordinal) && text[end] == '_'
            ? new ApiKeyText(text[Prefix.Length..end], text)
            : null;
    }

    /// <summary>What is kept of it.</summary>
    public ApiKey Seal(string name, DateTimeOffset created, DateTimeOffset? expires)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new ApiKey { Id = Id, Name = name, Salt = Convert.ToBase64String(salt), Hash = Convert.ToBase64String(HashWith(salt)), Created = created, Expires = expires };
    }

    /// <summary>Whether this is the key that was sealed; takes the same time wherever they differ.</summary>
    public bool Opens(ApiKey kept) => CryptographicOperations.FixedTimeEquals(HashWith(Convert.FromBase64String(kept.Salt)), Convert.FromBase64String(kept.Hash));

    private byte[] HashWith(byte[] salt) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Text)]);

    /// <summary>The id alone: a key must not slip into a log.</summary>
    public override string ToString() => Prefix + Id;
}
