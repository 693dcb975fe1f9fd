namespace Veil.Studio.Editing;

/// <summary>How far what is edited is saved.</summary>
internal enum SaveState
{
    /// <summary>All of it.</summary>
    Saved,

    /// <summary>It is about to be.</summary>
    Saving,

    /// <summary>It could not be; it is kept in memory, and tried again with the next edit.</summary>
    Failed,

    /// <summary>The item was changed elsewhere; the user decides.</summary>
    Conflict,
}
