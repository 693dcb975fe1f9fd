using System.CommandLine;
using System.Globalization;
using Veil.Anonymization;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Coco;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Measures a network on originals and, where methods are named, on anonymized pictures; prints a table and writes the report.</summary>
/// <param name="Task">What is measured.</param>
/// <param name="Finding">The detector's options.</param>
/// <param name="Comparison">The methods'.</param>
internal sealed record CocoMeasurement(CocoTaskSettings Task, FindingOptions Finding, ComparisonOptions Comparison)
{
    /// <summary>Runs it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="truth">The annotations.</param>
    /// <param name="decode">Reads a picture.</param>
    /// <param name="asJson">Whether to print JSON.</param>
    /// <param name="cancel">Stops between pictures; what was measured is kept.</param>
    /// <returns>The exit code.</returns>
    public int Run(ParseResult parsed, FileInfo truth, Func<string, PixelBuffer> decode, bool asJson, CancellationToken cancel)
    {
        var (started, store) = (DateTimeOffset.Now, LicenceOption.ReadStore(parsed));
        var treatments = Comparison.Treatments(parsed, Catalogues.MethodsWith(store));
        var folder = Comparison.Folder(parsed);
        if (treatments.Count > 0 && folder is null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Comparing methods makes a report, but no folder was named for it.", "Say where it goes: -o DIR");
        }

        using var pictures = Task.Open(truth);
        var (choice, options) = Finding.ReadDetector(parsed, Task.Kind, [Task.Kind]);
        var kinds = treatments.Count == 0 ? [] : Comparison.Kinds(parsed, pictures.Kinds);
        var finders = kinds.ToDictionary(kind => kind, kind => Finder(parsed, pictures, kind, treatments, store));
        using var regions = new RegionsToAnonymize(kind => finders[kind].CreateProvider());
        using var detector = choice.Detector.Create(options with { Threshold = Task.LowestScore });
        using var network = Task.Load(store);
        var inputs = Inputs(truth, pictures, cancel);
        IReadOnlyList<ReportedModel> models =
        [
            .. UsedModels.Describe([.. choice.Detector.Models.Concat(Task.Models).Concat(treatments.SelectMany(Models)).Distinct()], store),
            .. finders.Values.SelectMany(finder => finder.Models),
        ];
        using var journal = folder is null ? MeasurementJournal.InMemory() : MeasurementJournal.Open(Path.Combine(folder.FullName, ReportOptions.Journal), Identity(inputs, choice.Detector, options, store));
        CocoResult result;
        using (var line = new WorkLine())
        {
            var task = new CocoTask(Task.Protocol, pictures.Pictures, decode, Task.Find(pictures, detector, network));
            var comparison = treatments.Count == 0 ? CocoComparison.OriginalOnly : new CocoComparison(kinds, regions.Find, treatments) { Source = kind => Source(finders[kind]) };
            result = CocoExperiment.Run(task, comparison, journal, line, cancel);
        }

        if (folder is not null)
        {
            var report = new CocoReport(Task.Title, $"{Task.What} by {Task.Name(choice.Detector)}", [.. Task.Protocols, .. Explained(kinds, Comparison.Regions(parsed))]);
            ReportWriter.Write(report.Create(result, TypedCommand.Provenance(parsed, inputs, [.. models.Distinct()], started)), result.ToJson(), folder);
        }

        Print(result, asJson, folder);
        return result.LeftOut.Count > 0 || result.Rows.Any(row => row.State == CocoRowState.Failed) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static IEnumerable<string> Models(Treatment treatment) => treatment.Method is { } method ? method.Models(treatment.Options!) : [];

    private static IReadOnlyList<MeasuredInput> Inputs(FileInfo truth, AnnotatedPictures pictures, CancellationToken cancel)
    {
        var present = pictures.Pictures.Select(picture => picture.File).Where(File.Exists).ToList();
        return
        [
            MeasuredInput.Of(truth.DirectoryName!, pictures.Files, cancel),
            .. present.Count == 0 ? [] : new[] { MeasuredInput.Of(Path.GetDirectoryName(present[0])!, present, cancel) },
        ];
    }

    private static IEnumerable<string> Explained(IReadOnlyList<RegionKind> kinds, DatasetRegions source)
    {
        if (kinds.Count == 0)
        {
            yield break;
        }

        yield return source switch
        {
            DatasetRegions.Detect => "What is anonymized was found by the default detectors, or by those that the command names.",
            DatasetRegions.Matched => "What is anonymized was found, and is where somebody is annotated; annotated people who were not found are anonymized as annotated.",
            _ => "What is anonymized comes from the annotations: people's masks or boxes, faces and heads as far as eyes, nose and ears are annotated. People without are left as they are when faces or heads are anonymized.",
        };
        yield return "Each kind is anonymized by itself. The annotations stay as they are: what is measured is how well the network finds people in anonymized pictures as they were annotated in the originals.";
    }

    private static void Print(CocoResult result, bool asJson, DirectoryInfo? folder)
    {
        if (asJson)
        {
            Console.Out.WriteLine(result.ToJson().GetRawText());
            return;
        }

        Console.Out.WriteLine($"{result.Pictures} pictures, {result.Objects} to find");
        Table.Write(
            ["anonymized", "method", "AP", "±", "difference", "±", "AP50", "AP75", "AR"],
            result.Rows.Select(row => new[]
            {
                row.Kind is { } kind ? RegionKinds.NameOf(kind) : "nothing", row.Treatment, row.State == CocoRowState.Measured ? Figure(row.Precision?.Value) : row.Reason!, Figure(row.Precision?.Margin),
                Figure(row.Difference?.Value, "+0.000;-0.000"), Figure(row.Difference?.Margin), Figure(row.Accuracy?.PrecisionAtHalf), Figure(row.Accuracy?.PrecisionAtThreeQuarters), Figure(row.Accuracy?.Recall),
            }));
        foreach (var picture in result.LeftOut)
        {
            Console.Error.WriteLine($"veil: left out everywhere: {picture.Name}: {picture.Reason}");
        }

        if (folder is not null)
        {
            Console.Out.WriteLine("report: " + Path.Combine(folder.ToString(), ReportWriter.Page));
        }
    }

    private static string Figure(double? value, string format = "0.000") => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "-";

    private static bool NeedsPoints(Treatment treatment) =>
        treatment.Method is { } method && (method.Needs.HasFlag(MethodNeeds.FacePoints) || treatment.Policy(RegionKind.Face).Shape == RegionShape.Face);

    /// <summary>Where the regions of a kind come from; with the dense points of faces where a method asks for them, as in a run.</summary>
    private RegionFinder Finder(ParseResult parsed, AnnotatedPictures pictures, RegionKind kind, IReadOnlyList<Treatment> treatments, ModelStore store)
    {
        var source = Comparison.Regions(parsed);
        var finder = source == DatasetRegions.Annotations ? new RegionFinder(() => pictures.Regions([kind]), new Dictionary<string, string>(), [], []) : Finding.Read(parsed, [kind]);
        finder = source == DatasetRegions.Matched ? finder with { CreateProvider = Matched(finder) } : finder;
        finder = kind == RegionKind.Face && treatments.Any(NeedsPoints) ? LandmarkOptions.Complete(finder, Catalogues.Landmarkers(store).Default, store) : finder;
        return finder with { Options = new Dictionary<string, string>(finder.Options) { ["regions"] = RegionJson.NameOf(source) } };

        Func<IRegionProvider> Matched(RegionFinder found) => () => pictures.Matched(found.CreateProvider(), [kind]);
    }

    /// <summary>Stands for where the regions of a kind come from.</summary>
    private static string Source(RegionFinder finder) => string.Join(
        ' ', finder.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}").Concat(finder.Models.Select(model => model.Sha256)));

    /// <summary>Stands for everything that what is found depends on, but for picture, treatment, kind and regions, which are part of each unit's own key.</summary>
    private string Identity(IReadOnlyList<MeasuredInput> inputs, DetectorDescriptor detector, DetectorOptions options, ModelStore store)
    {
        var networks = UsedModels.Describe([.. detector.Models.Concat(Task.Models).Distinct()], store).Select(model => model.Sha256);
        return string.Join(
            '\n',
            [
                Provenance.Version, Task.What, .. inputs.Select(input => input.Sha256), detector.Id, options.ToString(),
                .. DetectorSettings.Report(detector).Select(pair => $"{pair.Key}={pair.Value}"), .. networks,
            ]);
    }
}
