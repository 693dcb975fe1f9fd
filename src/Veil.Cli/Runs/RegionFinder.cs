using Veil.Cli.People;
using Veil.Identity;
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

    /// <summary>Chooses among the regions by person; null to take them all.</summary>
    public PersonChooser? People { get; private init; }

    /// <summary>Stands for what changes the outcome and may not be reported.</summary>
    public string Fingerprint { get; private init; } = "";

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>The same with a list of people to keep to.</summary>
    /// <param name="people">The list.</param>
    /// <param name="model">The recognition network.</param>
    public RegionFinder Choosing(EnrolledPeople people, ReportedModel model) => this with
    {
        People = people.Chooser,
        Options = new Dictionary<string, string>(Options.Concat(people.Options)),
        Models = [.. Models, model],
        Hints = [.. Hints, .. people.Hints],
        Warnings = people.Warnings,
        Fingerprint = people.Fingerprint,
    };
}

/// <summary>What is known of the dense points of a run's faces.</summary>
internal enum FacePointState
{
    Unknown,
    AllKnown,
}
