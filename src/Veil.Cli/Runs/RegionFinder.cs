using Veil.Pipeline;

namespace Veil.Cli.Runs;

/// <summary>Where the regions of a run come from, and what there is to report about it.</summary>
/// <param name="CreateProvider">Makes one worker's provider.</param>
/// <param name="Options">What changes the outcome, for the report.</param>
/// <param name="Models">The models that take part.</param>
/// <param name="Hints">What would make it better.</param>
internal sealed record RegionFinder(
    Func<IRegionProvider> CreateProvider, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ReportedModel> Models, IReadOnlyList<string> Hints)
{
    /// <summary>Whether there may be faces whose dense points are not known yet.</summary>
    public FacePointState Points { get; init; }
}

/// <summary>What is known of the dense points of a run's faces.</summary>
internal enum FacePointState
{
    Unknown,
    AllKnown,
}
