namespace Veil.Studio.Projects;

/// <summary>Works on projects in the background, one after the other; goes on after a restart. Thread-safe.</summary>
internal interface IProjectRuns
{
    /// <summary>Told when the progress of a run changes, with the project's id; on any thread, at most a few times a second.</summary>
    event Action<string>? Progressed;

    /// <summary>Finds regions in every item that has none yet, or in all of them again after settings changed that matter for finding.</summary>
    void StartFinding(string project);

    /// <summary>Writes the results of every item that is ready.</summary>
    void StartExport(string project, ExportTarget target);

    /// <summary>Stops after the items under way, until <see cref="Resume"/>.</summary>
    void Pause(string project);

    /// <summary>Goes on.</summary>
    void Resume(string project);

    /// <summary>Gives up what is under way; what is done stays.</summary>
    void Cancel(string project);

    /// <summary>How far a project's run is; null when nothing runs or waits.</summary>
    RunView? Find(string project);

    /// <summary>Everything that runs or waits, in order.</summary>
    IReadOnlyList<RunView> All { get; }
}

/// <summary>Where results go.</summary>
/// <param name="Folder">An empty or new folder, or one of an earlier export of the project; null to offer a zip in the browser.</param>
/// <param name="Verify">Whether results are checked before they are put there.</param>
internal sealed record ExportTarget(string? Folder, VerifyOutput Verify);

/// <summary>How far a run is.</summary>
/// <param name="Project">Its project.</param>
/// <param name="Work">What it does.</param>
/// <param name="State">Whether it moves.</param>
/// <param name="Done">Items that ended, however.</param>
/// <param name="Total">Items there are.</param>
internal sealed record RunView(string Project, RunWork Work, RunState State, int Done, int Total)
{
    /// <summary>Of those, how many failed.</summary>
    public int Failed { get; init; }

    /// <summary>Name of an item under way; null for none.</summary>
    public string? Current { get; init; }

    /// <summary>Share of all work that is done, 0..1, films by their frames.</summary>
    public double Share { get; init; }

    /// <summary>Pictures or frames a second, of late; null where it is not known.</summary>
    public double? Rate { get; init; }

    /// <summary>How long the rest will take; null where it is not known.</summary>
    public TimeSpan? Left { get; init; }
}

/// <summary>What a run does.</summary>
internal enum RunWork
{
    /// <summary>Finds regions.</summary>
    Finding,

    /// <summary>Writes results.</summary>
    Exporting,
}

/// <summary>Whether a run moves.</summary>
internal enum RunState
{
    /// <summary>Others are before it.</summary>
    Waiting,

    /// <summary>It works.</summary>
    Running,

    /// <summary>The user stopped it for a while.</summary>
    Paused,
}
