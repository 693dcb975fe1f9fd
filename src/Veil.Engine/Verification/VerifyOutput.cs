namespace Veil;

/// <summary>What is done about outputs that may not hold.</summary>
public enum VerifyOutput
{
    /// <summary>They are not checked.</summary>
    Off,

    /// <summary>They are checked, and not written when they do not hold.</summary>
    Check,

    /// <summary>They are made again, stronger.</summary>
    Strengthen,
}
