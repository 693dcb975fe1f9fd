using System.CommandLine;
using System.Globalization;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Bodies;
using Veil.Evaluation.Detection;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate</c>: measures what Veil does against known truth.</summary>
internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Measure accuracy against known truth.")
    {
        Detection(),
        EvaluatePeopleCommands.Pose(),
        EvaluatePeopleCommands.Segmentation(),
        EvaluateLeaksCommand.Create(),
        EvaluateFlickerCommand.Create(),
        EvaluateUtilityCommand.Create(),
        EvaluatePrivacyCommand.Create(),
        EvaluateFrontierCommand.Create(),
        EvaluateRealismCommand.Create(),
        EvaluateStrangersCommand.Create(),
    };

    private static Command Detection()
    {
        var truth = new Option<FileInfo>("--ground-truth") { Description = "Marked faces as JSON (docs/detection.md), with --find bodies a COCO instances file, with --find plates or text a folder of Pascal VOC annotations.", HelpName = "PATH", Required = true };
        var images = new Option<DirectoryInfo?>("--images")
        {
            Description = "With --find bodies: the pictures of the COCO file. Default: for annotations/instances_NAME.json the folder NAME beside annotations.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("detection", "Average precision as WIDER FACE or, for bodies, COCO defines it, recall by size at one false positive per picture; for plates and text how much of them is hidden, by size; and time per picture.") { truth, images, json };
        var (finding, comparison) = (new FindingOptions(), new ComparisonOptions());
        comparison.AddTo(command);
        finding.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var file = parsed.GetValue(truth)!.FullName;
            if (comparison.IsAsked(parsed, Catalogues.Methods))
            {
                return Task.FromResult(Compare(parsed, finding, comparison, images, parsed.GetValue(truth)!, parsed.GetValue(json), cancel));
            }

            switch (FindOption.KindsAlone(parsed))
            {
                case [RegionKind.Face] when parsed.GetValue(images) is null:
                    var (faces, options) = finding.ReadDetector(parsed, RegionKind.Face);
                    MeasureFaces(faces.Detector, options, file, parsed.GetValue(json), cancel);
                    break;
                case [RegionKind.Body]:
                    var (bodies, settings) = finding.ReadDetector(parsed, RegionKind.Body);
                    MeasureBodies(bodies.Detector, settings, CocoPeople.Read(file, parsed.GetValue(images)?.FullName ?? CocoPeople.PicturesOf(file)), parsed.GetValue(json), cancel);
                    break;
                case [var kind and (RegionKind.Plate or RegionKind.Text)] when parsed.GetValue(images) is null:
                    var (others, usual) = finding.ReadDetector(parsed, kind);
                    EvaluateHiding.Run(others.Detector, usual, kind, file, PictureFile.ReadRgb24, parsed.GetValue(json), cancel);
                    break;
                case [RegionKind.Face or RegionKind.Plate or RegionKind.Text]:
                    throw new VeilException(VeilErrorCode.InvalidOption, "--images goes with --find bodies; others name their pictures themselves.");
                default:
                    throw new VeilException(VeilErrorCode.InvalidOption, "One kind is measured at a time: faces, bodies, plates or text.", "For example: --find plates");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int Compare(
        ParseResult parsed, FindingOptions finding, ComparisonOptions comparison, Option<DirectoryInfo?> images, FileInfo truth, bool asJson, CancellationToken cancel)
    {
        if (parsed.GetValue(images) is not null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--images is for measuring without --methods.", "With methods, pictures lie where COCO keeps them: for annotations/instances_NAME.json in the folder NAME beside annotations.");
        }

        var task = FindOption.KindsAlone(parsed) switch
        {
            [RegionKind.Face] => CocoTaskSettings.Faces,
            [RegionKind.Body] => CocoTaskSettings.Bodies,
            _ => throw new VeilException(VeilErrorCode.InvalidOption, "With --methods, the detection of faces or of bodies is measured, one at a time.", "Say --find faces or --find bodies."),
        };
        return new CocoMeasurement(task, finding, comparison).Run(parsed, truth, PictureFile.ReadRgb24, asJson, cancel);
    }

    private static void MeasureFaces(DetectorDescriptor described, DetectorOptions options, string truth, bool asJson, CancellationToken cancel)
    {
        var pictures = GroundTruth.Read(truth);
        using var detector = described.Create(options with { Threshold = DetectionBenchmark.LowestScore });
        using var progress = new EvaluationLine();
        var accuracy = DetectionBenchmark.Run(pictures, detector, PictureFile.ReadRgb24, options.Threshold ?? DetectorOptions.DefaultThreshold, progress, cancel);
        if (asJson)
        {
            Console.Out.WriteLine(accuracy.ToJson());
        }
        else
        {
            Write(described.Id, accuracy);
        }
    }

    private static void MeasureBodies(DetectorDescriptor described, DetectorOptions options, IReadOnlyList<MarkedPicture> pictures, bool asJson, CancellationToken cancel)
    {
        using var detector = described.Create(options with { Threshold = DetectionBenchmark.LowestScore });
        using var progress = new EvaluationLine();
        var accuracy = BodyBenchmark.Run(pictures, detector, PictureFile.ReadRgb24, options.Threshold ?? DetectorOptions.DefaultThreshold, progress, cancel);
        if (asJson)
        {
            Console.Out.WriteLine(accuracy.ToJson());
        }
        else
        {
            Write(described.Id, accuracy);
        }
    }

    private static void Write(string detector, DetectionAccuracy accuracy)
    {
        Console.Out.WriteLine($"{detector}: {accuracy.Pictures} pictures, {accuracy.Faces} faces");
        Table.Write(["average precision", "easy", "medium", "hard"], [["", Share(accuracy.Easy), Share(accuracy.Medium), Share(accuracy.Hard)]]);
        Table.Write(
            ["recall by face size (√area)", "threshold", "false positives/picture", "64+ px", "32-64", "16-32", "8-16"],
            new[] { ("at 1 false positive a picture", accuracy.AtOneFalsePositive), ("at the threshold in use", accuracy.AtDefault) }
                .Where(row => row.Item2 is not null)
                .Select(row => new[]
                {
                    row.Item1, Share(row.Item2!.Threshold), Share(row.Item2.FalsePositivesPerPicture),
                    Share(row.Item2.Recall.From64), Share(row.Item2.Recall.From32), Share(row.Item2.Recall.From16), Share(row.Item2.Recall.From8),
                }));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accuracy.DetectionMilliseconds:F1} ms a detection on one thread, {accuracy.DecodingMilliseconds:F1} ms decoding"));
    }

    private static void Write(string detector, BodyAccuracy accuracy)
    {
        Console.Out.WriteLine($"{detector}: {accuracy.Pictures} pictures, {accuracy.People} people");
        Console.Out.WriteLine($"average precision {Share(accuracy.AveragePrecision)} at an overlap of 0.5; COCO's, over overlaps of 0.5 to 0.95, {Share(accuracy.Coco.Precision)}");
        Table.Write(
            ["recall by height", "threshold", "false positives/picture", "all", "128+ px", "64-128", "32-64", "16-32"],
            new[] { ("at 1 false positive a picture", accuracy.AtOneFalsePositive), ("at the threshold in use", accuracy.AtDefault) }
                .Where(row => row.Item2 is not null)
                .Select(row => new[]
                {
                    row.Item1, Share(row.Item2!.Threshold), Share(row.Item2.FalsePositivesPerPicture), Share(row.Item2.Recall),
                    Share(row.Item2.RecallByHeight.From128), Share(row.Item2.RecallByHeight.From64), Share(row.Item2.RecallByHeight.From32), Share(row.Item2.RecallByHeight.From16),
                }));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accuracy.DetectionMilliseconds:F1} ms a detection on one thread"));
    }

    private static string Share(double? value) => value is { } number ? number.ToString("F3", CultureInfo.InvariantCulture) : "-";
}
