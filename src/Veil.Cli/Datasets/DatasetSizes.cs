using Veil.Datasets;

namespace Veil.Cli.Datasets;

/// <summary>How datasets are read by a run: the first problem with what it needs ends it.</summary>
internal static class DatasetSizes
{
    public static DatasetReadOptions Options { get; } = new();
}
