using Veil.Engine.People;
using Veil.Identity;
using Veil.Pipeline;
using Veil.Writing;

namespace Veil.Engine.Runs;

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

    /// <summary>Ids of the detectors that regions from elsewhere were found by.</summary>
    public IReadOnlyList<string> Detectors { get; init; } = [];

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
        Fingerprint = Fingerprint + people.Fingerprint,
    };

    /// <summary>The same, of whose writing only what matches is hidden, and what cannot be read.</summary>
    /// <param name="reader">Reads it.</param>
    /// <param name="chooser">Decides.</param>
    /// <param name="options">What changes the outcome, for the report: without the patterns, which may name people.</param>
    /// <param name="models">The reader's models.</param>
    /// <param name="fingerprint">Stands for the patterns.</param>
    public RegionFinder Matching(
        WritingReaderDescriptor reader, WritingChooser chooser, IEnumerable<KeyValuePair<string, string>> options, IReadOnlyList<ReportedModel> models, string fingerprint) => this with
    {
        CreateProvider = () => new MatchedWriting(CreateProvider(), reader, chooser),
        Options = new Dictionary<string, string>(Options.Concat(options)),
        Models = [.. Models.Concat(models).Distinct()],
        Fingerprint = Fingerprint + fingerprint,
    };
}

/// <summary>What is known of the dense points of a run's faces.</summary>
internal enum FacePointState
{
    Unknown,
    AllKnown,
}
