using System.CommandLine;

namespace Veil.Cli.Commands;

/// <summary><c>veil dataset</c>: whole datasets, with their labels.</summary>
internal static class DatasetCommand
{
    public static Command Create() => new("dataset", "Datasets: layout, labels and splits are kept.")
    {
        DatasetCheckCommand.Create(),
        DatasetConvertCommand.Create(),
        DatasetAnonymizeCommand.Create(),
        DatasetStatusCommand.Create(),
        DatasetMergeCommand.Create(),
    };
}
