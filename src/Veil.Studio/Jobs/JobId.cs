using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Studio.Jobs;

/// <summary>
/// Names a job: 128 random bits in 26 small letters and digits. It cannot be guessed, and is safe in addresses and as the name
/// of a folder on every file system.
/// </summary>
[JsonConverter(typeof(JobIdJson))]
internal readonly record struct JobId
{
    private const int Bits = 5;
    private const int Characters = 26;
    // No i, l, o and u: nothing that is mistaken for a digit, and no words.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private readonly string? _text;

    private JobId(string text) => _text = text;

    /// <summary>A new one.</summary>
    public static JobId New()
    {
        Span<byte> random = stackalloc byte[Characters];
        RandomNumberGenerator.Fill(random);
        Span<char> text = stackalloc char[Characters];
        for (var i = 0; i < Characters; i++)
        {
            text[i] = Alphabet[random[i] & ((1 << Bits) - 1)];
        }

        return new JobId(new string(text));
    }

    /// <summary>The one that an owner's request always gets, however often it comes: whoever sends it twice means one job.</summary>
    /// <param name="owner">Id of the API key.</param>
    /// <param name="request">What the owner calls the request.</param>
    public static JobId Of(string owner, string request)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(owner + "\n" + request));
        return new JobId(string.Create(Characters, digest, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[bytes[i] & ((1 << Bits) - 1)];
            }
        }));
    }

    /// <summary>Reads one; null for anything else, so that no text of a request ever becomes part of a path.</summary>
    public static JobId? TryParse(string? text) =>
        text is { Length: Characters } && text.All(Alphabet.Contains) ? new JobId(text) : null;

    /// <inheritdoc/>
    public override string ToString() => _text ?? throw new InvalidOperationException("Expected a job's id, but it was never set.");
}

/// <summary>Ids are texts in JSON.</summary>
internal sealed class JobIdJson : JsonConverter<JobId>
{
    /// <inheritdoc/>
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobId.TryParse(reader.GetString()) ?? throw new JsonException("Expected a job's id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
