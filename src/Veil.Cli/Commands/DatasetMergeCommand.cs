using System.CommandLine;
using Veil.Cli.Datasets;
using Veil.Pipeline.Sharding;

namespace Veil.Cli.Commands;

/// <summary><c>veil dataset merge</c>: closes a run whose shards are finished.</summary>
internal static class DatasetMergeCommand
{
    public static Command Create()
    {
        var output = new Argument<DirectoryInfo>("output") { Description = "The run's output folder." };
        var command = new Command("merge", "Close a run: check that each picture is done or named as failed; write counts, report and checksums; clear away temporary files.") { output };
        command.SetAction((parsed, cancel) =>
        {
            var folder = new RunFolder(parsed.GetValue(output)!.FullName);
            return Task.FromResult(ClosedRun.Close(folder, OpenedRun.Manifest(folder), cancel));
        });
        return command;
    }
}
