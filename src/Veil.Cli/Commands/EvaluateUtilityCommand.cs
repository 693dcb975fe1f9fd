using System.CommandLine;
using Veil.Anonymization;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Treatments;
using Veil.Evaluation.Utility;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate utility</c>: what anonymizing training pictures costs a classifier.</summary>
internal static class EvaluateUtilityCommand
{
    public static Command Create()
    {
        var root = new Argument<DirectoryInfo>("dataset") { Description = "Folder with train/CLASS/ and test/CLASS/, and val/CLASS/ if there is one; it is only read." };
        var command = new Command(
            "utility",
            "Train ResNet-50 on the original and on anonymized pictures of a dataset, test each on originals, and compare the accuracies. Without --find the whole picture is anonymized. Ctrl-C interrupts; the same command goes on.")
        {
            root,
        };
        var (treatments, finding, training, report) = (new TreatmentOptions("veil", "solid", "pixelate", "gaussian"), new FindingOptions(), new UtilityTrainingOptions(), new ReportOptions());
        var landmarks = new LandmarkOptions("Used where a method asks for points.");
        treatments.AddTo(command);
        report.AddTo(command);
        training.AddTo(command);
        finding.AddTo(command);
        landmarks.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var store = LicenceOption.ReadStore(parsed);
            var compared = treatments.Read(parsed, Catalogues.MethodsWith(store));
            var finder = Regions(parsed, finding, landmarks, compared);
            var request = new UtilityRequest(parsed.GetValue(root)!, compared, training.Read(parsed), report.Read(parsed));
            request.RequireSeparateFolders();
            using var networks = new UtilityNetworks(request.Options, finder, store);
            return Task.FromResult(Run(parsed, request, networks, [.. finder.Models, networks.Model, .. Models(compared, store)], cancel));
        });
        return command;
    }

    private static int Run(ParseResult parsed, UtilityRequest request, UtilityNetworks networks, IReadOnlyList<ReportedModel> models, CancellationToken cancel)
    {
        var started = DateTimeOffset.Now;
        UtilityResult result;
        using (var journal = request.OpenJournal())
        using (var line = new WorkLine())
        {
            var dataset = UtilityFolders.Read(request.Dataset, line, cancel);
            result = UtilityExperiment.Run(dataset, request.Treatments, request.Options, networks.Adapters, request.Folder, journal, line, cancel);
        }

        var report = UtilityReport.Build(result, TypedCommand.Provenance(parsed, [result.Dataset.Input], [.. models.Distinct()], started));
        ReportWriter.Write(report, UtilityRecord.Of(result), request.Folder);
        foreach (var sentence in report.Warnings.Select(warning => "Note: " + warning).Concat(report.Summary))
        {
            Console.Out.WriteLine(sentence);
        }

        Console.Error.WriteLine($"The report is in {Path.Combine(request.Folder.ToString(), ReportWriter.Page)}.");
        return result.Dataset.Unusable.Count > 0 || result.Treatments.Any(treatment => treatment.Failure is not null) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    internal static RegionFinder Regions(ParseResult parsed, FindingOptions finding, LandmarkOptions landmarks, IReadOnlyList<Treatment> treatments)
    {
        IReadOnlyList<RegionKind> kinds = FindOption.Read(parsed).Count == 0 ? [RegionKind.Image] : FindOption.KindsAlone(parsed);
        var finder = finding.Read(parsed, kinds);
        var store = LicenceOption.ReadStore(parsed);
        return kinds.Contains(RegionKind.Face) && treatments.Any(NeedsPoints) ? finder.WithFacePoints(landmarks.Read(parsed, store), store) : finder;

        static bool NeedsPoints(Treatment treatment) =>
            !treatment.IsOriginal && (treatment.Method!.Needs.HasFlag(MethodNeeds.FacePoints) || treatment.Policy(RegionKind.Face).Shape == RegionShape.Face);
    }

    /// <summary>Models of the methods that can be had; a method whose model is missing has no result, and the report says so.</summary>
    internal static IEnumerable<ReportedModel> Models(IReadOnlyList<Treatment> treatments, ModelStore store)
    {
        var ids = treatments.Where(treatment => !treatment.IsOriginal).SelectMany(treatment => treatment.Method!.Models(treatment.Options!)).Distinct();
        return ids.Where(id => ModelManifest.Find(id) is var entry && store.Has(entry) && store.Allows(entry)).Select(id => UsedModels.Describe(id, store));
    }
}
