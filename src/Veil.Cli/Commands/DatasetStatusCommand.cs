using System.CommandLine;
using Veil.Cli.Datasets;
using Veil.Pipeline.Sharding;

namespace Veil.Cli.Commands;

/// <summary><c>veil dataset status</c>: how far a run is, over all its shards.</summary>
internal static class DatasetStatusCommand
{
    public static Command Create()
    {
        var output = new Argument<DirectoryInfo>("output") { Description = "The run's output folder." };
        var format = new Option<StatusFormat>("--format") { Description = "text, or json for programs." };
        var command = new Command("status", "How far a run is: done, failed, left, rate, and shards whose process is gone.") { output, format };
        command.SetAction(parsed =>
        {
            var folder = new RunFolder(parsed.GetValue(output)!.FullName);
            var status = RunStatus.Read(folder, OpenedRun.Manifest(folder), TimeProvider.System);
            if (parsed.GetValue(format) == StatusFormat.Json)
            {
                StatusText.WriteJson(status);
            }
            else
            {
                StatusText.Write(status);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private enum StatusFormat
    {
        Text,
        Json,
    }
}
