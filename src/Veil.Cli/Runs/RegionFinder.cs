using Veil.Pipeline;

namespace Veil.Cli.Runs;

/// <summary>Where the regions of a run come from, and what there is to report about it.</summary>
/// <param name="CreateProvider">Makes one worker's provider.</param>
/// <param name="Options">What changes the outcome, for the report.</param>
/// <param name="Models">The models that take part.</param>
/// <param name="Warnings">What the user should know.</param>
internal sealed record RegionFinder(
    Func<IRegionProvider> CreateProvider, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ReportedModel> Models, IReadOnlyList<string> Warnings);
