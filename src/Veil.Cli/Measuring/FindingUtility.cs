using Veil.Evaluation.Coco;
using Veil.Evaluation.Frontier;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Utility for a network that finds people, measured as <c>veil evaluate detection --methods</c> does with annotated faces anonymized.</summary>
/// <param name="session">Everything loaded; disposed of here.</param>
/// <param name="what">What is found.</param>
/// <param name="folder">Takes the report.</param>
internal sealed class FindingUtility(CocoSession session, string what, DirectoryInfo folder) : IFrontierUtility
{
    /// <summary>The faces of FACES are measured, so that faces are what is anonymized.</summary>
    public const RegionKind Kind = RegionKind.Face;

    private CocoResult? _result;

    /// <inheritdoc/>
    public IReadOnlyList<MeasuredInput> Inputs => session.Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<ReportedModel> Models => session.Models;

    /// <inheritdoc/>
    public FrontierUtility Axis => FrontierUtility.Of(Result, Kind, what);

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => Result.LeftOut.Count == 0 ? [] : [$"{Result.LeftOut.Count} annotated pictures could not be used, and are left out of every row of utility."];

    private CocoResult Result => _result ?? throw new InvalidOperationException("Expected a call to Run first.");

    /// <inheritdoc/>
    public void Run(IProgress<WorkProgress> progress, CancellationToken cancel) => _result = session.Run(PictureFile.ReadRgb24, progress, cancel);

    /// <inheritdoc/>
    public IEnumerable<ReportSection> Report(Provenance provenance)
    {
        var report = session.Report(Result, provenance with { Inputs = Inputs, Models = Models });
        ReportWriter.Write(report, Result.ToJson(), folder);
        return [report.Sections[0] with { Title = "Utility: " + report.Sections[0].Title.ToLowerInvariant() }];
    }

    public void Dispose() => session.Dispose();
}
