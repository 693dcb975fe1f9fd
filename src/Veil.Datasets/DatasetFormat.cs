namespace Veil.Datasets;

/// <summary>What a format can say of an object beside its category and box.</summary>
[Flags]
public enum DatasetFeatures
{
    /// <summary>A class for the whole picture, and no objects.</summary>
    None = 0,

    /// <summary>Boxes.</summary>
    Boxes = 1,

    /// <summary>Outlines.</summary>
    Polygons = 2,

    /// <summary>Masks.</summary>
    Masks = 4,

    /// <summary>Body points.</summary>
    Keypoints = 8,

    /// <summary>Crowds told from single objects.</summary>
    Crowds = 16,

    /// <summary>Any further attributes.</summary>
    Attributes = 32,
}

/// <summary>All that the rest of Veil knows about a dataset format: one reader and writer pair.</summary>
/// <param name="Id">Name on the command line; lower case.</param>
/// <param name="Summary">One line.</param>
/// <param name="Features">What it can hold.</param>
/// <param name="Recognises">Whether a folder (full path) is laid out like this format; looks at a few names only.</param>
/// <param name="Open">Opens a dataset; throws <see cref="Errors.VeilException"/> when the folder holds none of this format.</param>
/// <param name="Create">Begins a dataset in a folder that is empty or not there yet.</param>
public sealed record DatasetFormat(
    string Id,
    string Summary,
    DatasetFeatures Features,
    Func<string, bool> Recognises,
    Func<string, DatasetReadOptions, IDatasetReader> Open,
    Func<string, DatasetWriteOptions, IDatasetWriter> Create);
