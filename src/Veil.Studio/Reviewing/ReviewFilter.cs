namespace Veil.Studio.Reviewing;

/// <summary>Which results are shown.</summary>
internal enum ReviewFilter
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those that are in doubt and were not looked at.</summary>
    NeedsALook,

    /// <summary>Those in which somebody stays clear.</summary>
    SomebodyClear,

    /// <summary>Those that failed.</summary>
    Failed,
}
