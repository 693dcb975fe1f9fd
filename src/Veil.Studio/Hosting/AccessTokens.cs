using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Veil.Studio.Hosting;

/// <summary>
/// The secrets of one start: the token that stands in the printed address, tokens for one use each, and the session that a browser gets for either.
/// All are 256 random bits; comparisons take the same time wherever the first difference is.
/// </summary>
internal sealed class AccessTokens
{
    private readonly byte[] _token;
    private readonly byte[] _session;
    private readonly ConcurrentDictionary<string, byte> _singleUse = new(StringComparer.Ordinal);

    /// <summary>Draws the secrets.</summary>
    public AccessTokens()
    {
        (Token, Session) = (Draw(), Draw());
        (_token, _session) = (Digest(Token), Digest(Session));
    }

    /// <summary>The token of the printed address; it holds until the studio ends.</summary>
    public string Token { get; }

    /// <summary>What the cookie carries.</summary>
    public string Session { get; }

    /// <summary>
    /// A token that opens the studio once. Command lines of running programs can be read by every user of a machine, so the browser is started
    /// with one of these, which is spent by the time that somebody could copy it.
    /// </summary>
    public string IssueForOneUse()
    {
        var token = Draw();
        _singleUse[Convert.ToHexString(Digest(token))] = 0;
        return token;
    }

    /// <summary>Whether a token opens the studio; one for one use no longer does afterwards.</summary>
    public bool Redeem(string token) =>
        CryptographicOperations.FixedTimeEquals(Digest(token), _token) || _singleUse.TryRemove(Convert.ToHexString(Digest(token)), out _);

    /// <summary>Whether a cookie's value is this start's session.</summary>
    public bool IsSession(string value) => CryptographicOperations.FixedTimeEquals(Digest(value), _session);

    private static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // Digests have one length, so that not even a secret's length shows in how long a comparison takes.
    private static byte[] Digest(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));
}
