using Veil.Evaluation.Frontier;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Utility;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Utility for training a classifier, measured as <c>veil evaluate utility</c> does.</summary>
internal sealed class TrainingUtility : IFrontierUtility
{
    private readonly UtilityRequest _request;
    private readonly UtilityNetworks _networks;
    private readonly UtilityDataset _dataset;
    private readonly MeasurementJournal _journal;
    private readonly IReadOnlyList<RegionKind> _asked;
    private UtilityResult? _result;

    /// <summary>Reads the dataset.</summary>
    /// <param name="request">What to measure.</param>
    /// <param name="finder">What is covered.</param>
    /// <param name="asked">The kinds that the user asked to cover; empty where whole pictures are.</param>
    /// <param name="store">The models.</param>
    /// <param name="models">Models of methods.</param>
    /// <param name="progress">Told while the pictures are looked at.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="Errors.VeilException">It cannot be learned from, or a network is missing.</exception>
    public TrainingUtility(
        UtilityRequest request, RegionFinder finder, IReadOnlyList<RegionKind> asked, Onnx.Models.ModelStore store, IEnumerable<ReportedModel> models, IProgress<WorkProgress> progress,
        CancellationToken cancel)
    {
        (_request, _asked) = (request, asked);
        _networks = new UtilityNetworks(request.Options, finder, store);
        _dataset = UtilityFolders.Read(request.Dataset, progress, cancel);
        _journal = request.OpenJournal();
        Models = [.. finder.Models, _networks.Model, .. models];
    }

    /// <inheritdoc/>
    public IReadOnlyList<MeasuredInput> Inputs => [_dataset.Input];

    /// <inheritdoc/>
    public IReadOnlyList<ReportedModel> Models { get; }

    /// <inheritdoc/>
    public FrontierUtility Axis => FrontierUtility.Of(Result, _asked);

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => UtilityReport.Warnings(Result);

    private UtilityResult Result => _result ?? throw new InvalidOperationException("Expected a call to Run first.");

    /// <inheritdoc/>
    public void Run(IProgress<WorkProgress> progress, CancellationToken cancel) =>
        _result = UtilityExperiment.Run(_dataset, _request.Treatments, _request.Options, _networks.Adapters, _request.Folder, _journal, progress, cancel);

    /// <inheritdoc/>
    public IEnumerable<ReportSection> Report(Provenance provenance)
    {
        var report = UtilityReport.Build(Result, provenance with { Inputs = Inputs, Models = Models });
        ReportWriter.Write(report, UtilityRecord.Of(Result), _request.Folder);
        return [report.Sections[0] with { Title = "Utility: " + report.Sections[0].Title.ToLowerInvariant() }];
    }

    public void Dispose()
    {
        _journal.Dispose();
        _networks.Dispose();
    }
}
