using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>A picture or film of a project. Immutable.</summary>
/// <param name="Id">Unique in its project; safe in addresses and file names.</param>
/// <param name="Name">Path below the inputs, with forward slashes, as the user knows it.</param>
/// <param name="Path">The original.</param>
/// <param name="Kind">Picture or film.</param>
internal sealed record ProjectItem(string Id, string Name, string Path, ItemKind Kind)
{
    /// <summary>How far it is.</summary>
    public ItemState State { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public ItemError? Error { get; init; }

    /// <summary>
    /// Where it failed: what has to be done again. It is exported again where its regions are still right, and otherwise looked through again.
    /// </summary>
    public RunWork Again { get; init; }

    /// <summary>Columns of the upright picture; 0 before it was opened.</summary>
    public int Width { get; init; }

    /// <summary>Rows of the upright picture; 0 before it was opened.</summary>
    public int Height { get; init; }

    /// <summary>Frames; 1 for a still, 0 before it was opened.</summary>
    public int Frames { get; init; }

    /// <summary>Of a film; 0 where it is not known.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>How many regions are covered, over all frames.</summary>
    public int Regions { get; init; }

    /// <summary>Why a person should look at it; most pressing first, empty for no reason.</summary>
    public IReadOnlyList<Doubt> Doubts { get; init; } = [];

    /// <summary>How much it needs a look: 0 not at all, 1 most; the grid's order.</summary>
    public double Doubtfulness { get; init; }

    /// <summary>Whether a person looked at its result and was content; not any more when its regions are found again.</summary>
    public bool LookedAt { get; init; }

    /// <summary>Counts up with every change of regions or settings; part of addresses of pictures, so that browsers never show old ones.</summary>
    public int Revision { get; init; }

    /// <summary>What its regions were found by, see <see cref="FindingKey"/>; empty before.</summary>
    public string FoundBy { get; init; } = "";

    /// <summary>Whom it was decided by who stays clear in it, see <see cref="People.KeptPeople.KeyOf"/>; empty for nobody.</summary>
    public string ChosenBy { get; init; } = "";

    /// <summary>The original as it was when its regions were found, see <see cref="RunJournal.InputStamp"/>; empty before.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>What checking its last result said, in sentences; empty for nothing.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}

/// <summary>What an item is.</summary>
internal enum ItemKind
{
    /// <summary>A still, or a short animation worked on as pictures are.</summary>
    Picture,

    /// <summary>A film.</summary>
    Film,
}

/// <summary>How far an item is.</summary>
internal enum ItemState
{
    /// <summary>Nothing was done yet.</summary>
    Waiting,

    /// <summary>It is being worked on.</summary>
    Working,

    /// <summary>Its regions are known and can be reviewed.</summary>
    Ready,

    /// <summary>It failed; nothing will be written for it.</summary>
    Failed,

    /// <summary>Its result was written.</summary>
    Exported,
}

/// <summary>Why a person should look at an item.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Frame">Where in a film; 0 for stills.</param>
internal sealed record Doubt(DoubtReason Reason, int Frame);

/// <summary>Reasons to look at an item.</summary>
internal enum DoubtReason
{
    /// <summary>Checking the result found a face that is still to be seen, or recognized.</summary>
    VerifyFinding,

    /// <summary>Nothing was found at all.</summary>
    NothingFound,

    /// <summary>A detection just above the threshold, or just below.</summary>
    WeakDetection,

    /// <summary>A face so small that its neighbours may have been missed.</summary>
    SmallFace,

    /// <summary>Somebody stays clear.</summary>
    SomebodyClear,

    /// <summary>A track of a film has gaps or ends in the middle of the picture.</summary>
    BrokenTrack,
}
