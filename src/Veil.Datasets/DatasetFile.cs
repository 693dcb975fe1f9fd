namespace Veil.Datasets;

/// <summary>What a file that is no picture is for.</summary>
public enum DatasetFileRole
{
    /// <summary>Annotations: they hold for the anonymized pictures as well.</summary>
    Annotations,

    /// <summary>Names of classes, lists of splits, settings of the dataset.</summary>
    Listing,

    /// <summary>A picture whose values are labels, not light: nobody is seen in it.</summary>
    LabelMap,

    /// <summary>Plain text, e.g. a licence or a readme.</summary>
    Text,

    /// <summary>Anything else. It may hold pictures (archives, videos, caches, labels of unknown formats): a run leaves it out, saying so, unless it is told to take it along.</summary>
    Unrecognised,
}

/// <summary>A file of a dataset that is no picture.</summary>
/// <param name="Path">Below the root, with forward slashes.</param>
/// <param name="FullPath">Where it lies.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Split">The split it belongs to; empty when to none or several.</param>
public sealed record DatasetFile(string Path, string FullPath, DatasetFileRole Role, string Split);
