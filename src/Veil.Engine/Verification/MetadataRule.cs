namespace Veil.Engine.Verification;

/// <summary>Which metadata outputs may hold.</summary>
internal enum MetadataRule
{
    /// <summary>As the run's report says; without a report, nothing that identifies somebody by itself.</summary>
    Auto,

    /// <summary>None but the colour profile.</summary>
    None,

    /// <summary>Camera settings.</summary>
    Safe,

    /// <summary>Camera settings and the day.</summary>
    SafeWithDay,

    /// <summary>Whatever the original had, but no second picture and no maker's note.</summary>
    All,
}
