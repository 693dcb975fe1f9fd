namespace Veil.Studio.Editing;

/// <summary>What an edit does, in the users' words: names of texts.</summary>
internal enum EditName
{
    /// <summary>What was left clear is covered.</summary>
    Cover,

    /// <summary>What was covered is left clear.</summary>
    LeaveClear,

    /// <summary>A region is drawn.</summary>
    Draw,

    /// <summary>A region gets another place or size.</summary>
    Place,

    /// <summary>A region that was drawn is deleted.</summary>
    Delete,

    /// <summary>A region is said to show something else.</summary>
    ChangeKind,

    /// <summary>A track's region is set at a frame, and those between follow.</summary>
    SetKeyframe,

    /// <summary>A track becomes two.</summary>
    SplitTrack,

    /// <summary>Two tracks become one.</summary>
    MergeTracks,

    /// <summary>A track goes on into frames where it had no region.</summary>
    ExtendTrack,
}
