using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Onnx.Models;
using Veil.Pipeline;

namespace Veil.Cli.Measuring;

/// <summary>The frontier's privacy, measured as <c>veil evaluate privacy</c> does, and kept in a folder that this command could go on with.</summary>
internal sealed class FrontierPrivacy : IDisposable
{
    private readonly PrivacyMeasuring _measuring;
    private readonly FaceArchive _archive;
    private readonly MeasurementJournal _journal;
    private readonly IReadOnlyList<Treatment> _treatments;
    private readonly DirectoryInfo _folder;

    private FrontierPrivacy(PrivacyMeasuring measuring, FaceArchive archive, MeasuredInput input, IReadOnlyList<Treatment> treatments, ModelStore store, DirectoryInfo folder)
    {
        (_measuring, _archive, _treatments, _folder, Input) = (measuring, archive, treatments, folder, input);
        Models = measuring.ModelsFor(treatments, store);
        _journal = MeasurementJournal.Open(Path.Combine(folder.FullName, ReportOptions.Journal), measuring.Identity(archive, input));
    }

    /// <summary>The faces.</summary>
    public MeasuredInput Input { get; }

    /// <summary>What took part.</summary>
    public IReadOnlyList<ReportedModel> Models { get; }

    /// <summary>Reads the faces.</summary>
    /// <param name="faces">A folder for each person.</param>
    /// <param name="limits">How much of them.</param>
    /// <param name="share">The most people that may be named: as many are drawn as showing it takes; null for no limit.</param>
    /// <param name="networks">Who attacks; empty for all that are here.</param>
    /// <param name="treatments">What to compare.</param>
    /// <param name="store">The models.</param>
    /// <param name="folder">Keeps what is measured, and takes the report.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="Errors.VeilException">A network is missing, or the faces cannot be used.</exception>
    public static FrontierPrivacy Open(string faces, FaceLimits limits, double? share, IReadOnlyList<string> networks, IReadOnlyList<Treatment> treatments, ModelStore store, DirectoryInfo folder, CancellationToken cancel)
    {
        var measuring = PrivacyMeasuring.Create(store, networks, treatments);
        var (archive, input) = measuring.Folder.Read(faces, layout: null, limits, pairs: null, cancel);
        return new FrontierPrivacy(measuring with { Settings = measuring.Settings.ToShow(archive, share) }, archive, input, treatments, store, folder);
    }

    /// <summary>What of the faces was not measured.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. _archive.LeftOut.GroupBy(picture => picture.Reason).Select(group => $"Left out of privacy, {PrivacySummary.Words(group.Key)}: {Plural.Of(group.Count(), "file")}, e.g. {group.First().Name}: {group.First().Explanation}"),
        .. _archive.MissingPairs == 0 ? Array.Empty<string>() : [$"{Plural.Of(_archive.MissingPairs, "pair")} of the list left out of the check of the networks: a picture of theirs takes no part."],
    ];

    /// <summary>True when pictures could not be read, as a script has to know.</summary>
    public bool HasUnreadable => _archive.LeftOut.Any(picture => picture.Reason == LeftOutReason.Unreadable);

    /// <summary>Measures, or takes what was measured before.</summary>
    public PrivacyResult Run(IProgress<WorkProgress> progress, CancellationToken cancel) => PrivacyExperiment.Run(_archive, _treatments, _measuring.Settings, _journal, progress, cancel);

    /// <summary>Writes the measurement's own report, and gives what of it belongs into the frontier's.</summary>
    public IEnumerable<ReportSection> Report(PrivacyResult result, Provenance provenance)
    {
        var report = PrivacyReport.Of(result, _measuring.Settings, provenance with { Inputs = [Input], Models = Models });
        ReportWriter.Write(report, result.ToJson(), _folder);
        return [Of(report.Sections[0]), Of(report.Sections[^1])];

        static ReportSection Of(ReportSection section) => section with { Title = "Privacy: " + section.Title.ToLowerInvariant() };
    }

    public void Dispose() => _journal.Dispose();
}
