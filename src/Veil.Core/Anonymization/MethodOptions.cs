namespace Veil.Anonymization;

/// <summary>
/// Settings of a method: small, typed, defaulted. Each property of a derived record states its range in its
/// documentation and carries it as an attribute; <see cref="AnonymizerDescriptor"/> checks them once.
/// </summary>
public abstract record MethodOptions
{
    /// <summary>Where the method draws anything at random, the same seed gives the same bytes. Any value; default 0.</summary>
    [System.ComponentModel.Description("same seed, same bytes")]
    public int Seed { get; init; }
}
