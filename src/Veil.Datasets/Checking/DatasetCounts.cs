namespace Veil.Datasets.Checking;

/// <summary>How much of what a split has.</summary>
public sealed class SplitCounts
{
    /// <summary>Pictures that are there or named.</summary>
    public int Pictures { get; internal set; }

    /// <summary>Of these, pictures that annotations describe completely.</summary>
    public int Annotated { get; internal set; }

    /// <summary>Of these, pictures that annotations describe in part.</summary>
    public int Partial { get; internal set; }

    /// <summary>Pictures that are named but not there.</summary>
    public int Missing { get; internal set; }

    /// <summary>Objects of all categories.</summary>
    public int Objects { get; internal set; }

    /// <summary>Objects by the name of their category; of a classification dataset, pictures by class.</summary>
    public SortedDictionary<string, int> ByCategory { get; } = new(StringComparer.Ordinal);
}

/// <summary>What a dataset holds, and how much is wrong with it.</summary>
/// <param name="Format">The format's id.</param>
/// <param name="Categories">Its categories.</param>
public sealed record DatasetCounts(string Format, IReadOnlyList<DatasetCategory> Categories)
{
    /// <summary>By split; pictures that belong to none are under the empty name.</summary>
    public SortedDictionary<string, SplitCounts> Splits { get; } = new(StringComparer.Ordinal);

    /// <summary>Files beside pictures, by role.</summary>
    public SortedDictionary<DatasetFileRole, int> Files { get; } = [];

    /// <summary>Problems that make something unusable.</summary>
    public int Errors { get; internal set; }

    /// <summary>Problems that are only worth knowing.</summary>
    public int Notes { get; internal set; }
}
