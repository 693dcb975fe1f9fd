using System.CommandLine;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Imaging;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate pose</c> and <c>veil evaluate segmentation</c>: what anonymizing costs a network that looks at people.</summary>
internal static class EvaluatePeopleCommands
{
    public static Command Pose() => Create("pose", "Average precision of poses of people as COCO defines it, on originals and on anonymized pictures.", CocoTaskSettings.Poses, "person_keypoints");

    public static Command Segmentation() => Create("segmentation", "Average precision of masks of people as COCO defines it, on originals and on anonymized pictures.", CocoTaskSettings.Masks, "instances");

    private static Command Create(string name, string description, CocoTaskSettings task, string file)
    {
        var truth = new Option<FileInfo>("--ground-truth") { Description = $"A COCO file, e.g. annotations/{file}_val2017.json beside the folder val2017 of its pictures.", HelpName = "FILE", Required = true };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(name, description) { truth, json };
        var (finding, comparison) = (new FindingOptions(), new ComparisonOptions());
        comparison.AddTo(command);
        finding.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(
            new CocoMeasurement(task, finding, comparison).Run(parsed, parsed.GetValue(truth)!, PictureFile.ReadRgb24, parsed.GetValue(json), cancel)));
        return command;
    }
}
