using System.CommandLine;
using System.Globalization;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Detection;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate</c>: measures what Veil does against known truth.</summary>
internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Measure accuracy against known truth.") { Detection(), EvaluateLeaksCommand.Create() };

    private static Command Detection()
    {
        var truth = new Option<FileInfo>("--ground-truth") { Description = "Marked faces as JSON; docs/detection.md describes it.", HelpName = "FILE", Required = true };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("detection", "Average precision as WIDER FACE defines it, recall by size at one false positive per picture, and time per picture.") { truth, json };
        var finding = new FindingOptions();
        finding.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            if (FindOption.KindsAlone(parsed) is not [RegionKind.Face])
            {
                throw new VeilException(VeilErrorCode.InvalidOption, "What detectors find of faces is measured here, and of nothing else.", "Leave out --find.");
            }

            var (choice, options) = finding.ReadFaceDetector(parsed);
            var pictures = GroundTruth.Read(parsed.GetValue(truth)!.FullName);
            using var detector = choice.Detector.Create(options with { Threshold = DetectionBenchmark.LowestScore });
            using var progress = new EvaluationLine();
            var accuracy = DetectionBenchmark.Run(pictures, detector, Decode, options.Threshold ?? DetectorOptions.DefaultThreshold, progress, cancel);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(accuracy.ToJson());
            }
            else
            {
                Write(choice.Detector.Id, accuracy);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static PixelBuffer Decode(string file)
    {
        using var picture = PictureFile.Open(file);
        var pixels = picture.TakeFrame(0);
        if (pixels.Format == PixelFormat.Rgb24)
        {
            return pixels;
        }

        using (pixels)
        {
            return PixelConversion.ToRgb24(pixels);
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

    private static string Share(double? value) => value is { } number ? number.ToString("F3", CultureInfo.InvariantCulture) : "-";
}
