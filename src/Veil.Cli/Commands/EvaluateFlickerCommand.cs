using System.CommandLine;
using System.Globalization;
using Veil.Cli.Output;
using Veil.Errors;
using Veil.Evaluation.Video;
using Veil.Onnx.Embedding;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Video.Files;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate flicker</c>: whether faces of an anonymized film keep still, and stay the same.</summary>
internal static class EvaluateFlickerCommand
{
    public static Command Create()
    {
        var original = new Argument<FileInfo>("ORIGINAL") { Description = "The film." };
        var output = new Argument<FileInfo>("OUTPUT") { Description = "The film, anonymized." };
        var regions = new Option<FileInfo>("--regions", "-r") { Description = "Where its faces are, written by 'veil detect'.", HelpName = "FILE", Required = true };
        var smallest = new Option<float>("--smallest") { Description = "Leave out faces whose shorter side is below this, pixels.", DefaultValueFactory = _ => 32 };
        var every = new Option<int>("--every") { Description = "Recognize faces in every n-th frame.", HelpName = "N", DefaultValueFactory = _ => 1 };
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--every wants 1 or more.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("flicker", "How much faces of a film change from frame to frame beside the original's, and whether they stay the same person's.") { original, output, regions, smallest, every, json };
        command.SetAction((parsed, cancel) =>
        {
            var report = Measure(parsed.GetValue(original)!, parsed.GetValue(output)!, parsed.GetValue(regions)!, parsed.GetValue(smallest), parsed.GetValue(every), cancel);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(report.ToJson());
            }
            else
            {
                Write(report);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static FlickerReport Measure(FileInfo original, FileInfo output, FileInfo regions, float smallest, int every, CancellationToken cancel)
    {
        var store = ModelStore.Default();
        var network = new FaceEmbedder("sface", store.Read(ModelManifest.Find("sface")), FaceEmbeddingInput.SFace);
        var evaluator = new FlickerEvaluator(network.Read, smallest, every);
        var timeline = TimelineOf(original, regions);
        var media = new VideoMedia(new VideoOptions(), OverwritePolicy.Refuse, static _ => null);
        using var before = media.Open(Item(original), cancel);
        using var after = media.Open(Item(output), cancel);
        using var progress = new EvaluationLine();
        for (var index = 0; ; index++)
        {
            using var first = before.Read(cancel);
            using var second = after.Read(cancel);
            if (first is null || second is null)
            {
                // A container may say that the film ends before its last frame, which decoders then pass over.
                return index >= timeline.Frames.Count - 1 ? evaluator.Report() : throw Unequal(index);
            }

            if (index >= timeline.Frames.Count || first.Width != second.Width || first.Height != second.Height)
            {
                throw Unequal(index);
            }

            evaluator.Add(first, second, timeline.Frames[index].Regions);
            progress.Report(new(index + 1, timeline.Frames.Count));
        }

        VeilException Unequal(int index) => new(
            VeilErrorCode.InvalidGroundTruth, $"Expected two films of one size with {timeline.Frames.Count} frames, as the regions have, but they differ at frame {index}.",
            "Anonymize the whole film at its own rate, and detect in it.");
    }

    private static RegionTimeline TimelineOf(FileInfo film, FileInfo regions)
    {
        var timelines = RegionsFile.Read(regions).Document.Timelines;
        return (timelines.Count == 1 ? timelines[0] : timelines.FirstOrDefault(timeline => Path.GetFileName(timeline.File) == film.Name))
            ?? throw new VeilException(VeilErrorCode.InvalidGroundTruth, $"Expected regions of '{film.Name}', but there are none in '{regions.Name}'.", "Detect in this film.");
    }

    private static MediaItem Item(FileInfo file) => new(file.FullName, file.Name, MediaItemOrigin.Named);

    private static void Write(FlickerReport report)
    {
        Table.Write(
            ["track", "size", "frames", "change before", "after", "ratio", "largest (frame)", "shake %", "like first: least, mean", "unlike", "like original: most, mean", "alike"],
            report.Tracks.Select(track => new[]
            {
                Text(track.Track), Text((int)track.Size), Text(track.Pairs + 1), Text(track.OriginalChange), Text(track.OutputChange), Text(track.Ratio),
                $"{Text(track.LargestChange)} ({Text(track.LargestAt)})", Text(100 * track.Shake),
                track.Identity is { } same ? $"{Text(same.LeastLikeFirst)}, {Text(same.MeanLikeFirst)}" : "-",
                track.Identity is { } unlike ? $"{Text(unlike.UnlikeFirst)} (before {Text(unlike.OriginalUnlikeFirst)})" : "-",
                track.Identity is { } hidden ? $"{Text(hidden.MostLikeOriginal)}, {Text(hidden.MeanLikeOriginal)}" : "-",
                track.Identity is { } alike ? Text(alike.LikeOriginal) : "-",
            }));
        Console.Out.WriteLine(
            $"{report.Tracks.Count} faces: change between frames {Text(report.OutputChange)} steps of 255, in the original {Text(report.OriginalChange)}: {Text(report.Ratio)} times as much; shake {Text(100 * report.Shake)} % of the face");
        if (report.MostAlikeTracks is { } most)
        {
            Console.Out.WriteLine($"the two tracks that are most alike after anonymizing: cosine {Text(most)} (one person from {Text(FlickerEvaluator.SamePerson)} on)");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
