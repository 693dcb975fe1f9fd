using System.CommandLine;
using System.Globalization;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Evaluation.Video;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate leaks</c>: faces of a film that are seen, if only in one frame.</summary>
internal static class EvaluateLeaksCommand
{
    public static Command Create()
    {
        var truth = new Option<FileInfo>("--ground-truth") { Description = "Tracks of faces, written by 'veil detect'; docs/tracking.md has the command.", HelpName = "FILE", Required = true };
        var tested = new Option<FileInfo>("--regions", "-r") { Description = "What is covered, written by 'veil detect'.", HelpName = "FILE", Required = true };
        var smallest = new Option<float>("--smallest") { Description = "Leave out faces whose shorter side is below this, pixels.", DefaultValueFactory = _ => 32 };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("leaks", "Faces of films that are seen, if only in one frame.") { truth, tested, smallest, json };
        var coverage = new CoverageOptions();
        coverage.AddTo(command);
        command.SetAction(parsed =>
        {
            var evaluator = new LeakEvaluator(coverage.Read(parsed, methods: null), parsed.GetValue(smallest));
            var report = evaluator.Evaluate(RegionsFile.Read(parsed.GetValue(truth)!).Document, RegionsFile.Read(parsed.GetValue(tested)!).Document);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(report.ToJson());
                return ExitCode.Done;
            }

            Table.Write(
                ["film", "track", "size", "frames", "leaked in"],
                report.Leaks.Select(leak => new[]
                {
                    leak.File, Text(leak.Track), Text((int)leak.Size), Text(leak.Frames), string.Join(' ', leak.Leaked.Take(12)) + (leak.Leaked.Count > 12 ? " …" : ""),
                }));
            Console.Out.WriteLine($"{report.Leaks.Count} of {report.Tracks} tracks of faces from {report.SmallestFace.ToString(CultureInfo.InvariantCulture)} pixels on leaked, in {report.LeakedFrames} of {report.Frames} frames");
            Console.Out.WriteLine($"{(100 * report.CoveredElsewhere).ToString("0.00", CultureInfo.InvariantCulture)} % of the pixels are covered where the ground truth has no face");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
