namespace Veil.Studio.Api.Keys;

/// <summary>
/// A key as it is kept: its hash, never the key. A plain SHA-256 with a salt is enough, unlike for passwords: a key is 256 random
/// bits, which nobody can go through, however fast a hash is.
/// </summary>
internal sealed record ApiKey
{
    /// <summary>What jobs know their owner by; part of the key, and no secret.</summary>
    public required string Id { get; init; }

    /// <summary>Who uses it; chosen by whoever runs the server.</summary>
    public required string Name { get; init; }

    /// <summary>Base64 of random bytes.</summary>
    public required string Salt { get; init; }

    /// <summary>Base64 of SHA-256 over salt and key.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ends to be valid; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Whether it opens anything at a time.</summary>
    public bool IsValid(DateTimeOffset now) => Revoked is null && (Expires is null || now < Expires);
}
