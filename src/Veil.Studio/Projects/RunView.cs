namespace Veil.Studio.Projects;

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
