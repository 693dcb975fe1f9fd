namespace Veil.Detection;

/// <summary>
/// Settings of one detector alone, beside the <see cref="DetectorOptions"/> that all share: small, typed, defaulted. Each
/// property of a derived record states its range in its documentation and carries it as an attribute.
/// </summary>
public abstract record DetectorTuning;
