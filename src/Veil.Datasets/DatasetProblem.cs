namespace Veil.Datasets;

/// <summary>What kind of problem a dataset has. Values are only ever added; scripts rely on their names.</summary>
public enum DatasetProblemKind
{
    /// <summary>A file that cannot be read, or is not of its format.</summary>
    Malformed,

    /// <summary>A picture or annotation file that is named but not there.</summary>
    MissingFile,

    /// <summary>A picture that no annotation is for.</summary>
    NoAnnotation,

    /// <summary>A file name that leads out of the dataset, or is no name.</summary>
    UnsafeName,

    /// <summary>A name or id that is there twice.</summary>
    Duplicate,

    /// <summary>An annotation of a category that the dataset does not have.</summary>
    UnknownCategory,

    /// <summary>An annotation of a picture that the dataset does not have.</summary>
    UnknownPicture,

    /// <summary>A box that is empty, inverted, not finite, or reaches out of the picture.</summary>
    Box,

    /// <summary>A polygon with fewer than three corners, without area, not finite, or out of the picture.</summary>
    Polygon,

    /// <summary>A run-length mask of another size than its picture, or one that cannot be decoded.</summary>
    Mask,

    /// <summary>Keypoints of another number than the category has, or out of the picture.</summary>
    Keypoints,

    /// <summary>A picture of another size than its annotation says.</summary>
    Size,
}

/// <summary>Whether a problem makes a dataset unusable.</summary>
public enum DatasetSeverity
{
    /// <summary>Worth knowing; the dataset is usable as it is.</summary>
    Note,

    /// <summary>Something is wrong.</summary>
    Error,
}

/// <summary>Something wrong with a dataset.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Place">File and line.</param>
/// <param name="Message">What was expected and what came.</param>
public sealed record DatasetProblem(DatasetProblemKind Kind, DatasetSeverity Severity, DatasetPlace Place, string Message);
