using Veil.Errors;
using Veil.Pipeline.Sharding;

namespace Veil.Cli.Datasets;

/// <summary>A run that an output folder holds.</summary>
internal static class OpenedRun
{
    public static RunManifest Manifest(RunFolder folder) => RunManifest.Open(folder)
        ?? throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no run in '{folder.Output}'.", "Name the output folder of 'veil dataset anonymize'.");
}
