namespace Veil.Datasets;

/// <summary>
/// Writes annotations in one format. Nothing is overwritten. Files that list all pictures are complete only after
/// <see cref="Complete"/>; disposing without it removes what is unfinished. Not thread-safe.
/// </summary>
public interface IDatasetWriter : IDisposable
{
    /// <summary>Where the layout puts a picture, below the new root, with forward slashes.</summary>
    /// <param name="picture">A picture of another dataset.</param>
    string PathFor(DatasetPicture picture);

    /// <summary>Writes the annotations of a picture; the picture itself is the caller's to write.</summary>
    /// <param name="picture">The picture; its size must be known by now.</param>
    /// <param name="size">Size of the upright picture.</param>
    /// <param name="objects">What is in it; parts that the format cannot hold are counted in <see cref="Losses"/>.</param>
    void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects);

    /// <summary>How many of what could not be written, in words; complete after <see cref="Complete"/>.</summary>
    IReadOnlyDictionary<string, int> Losses { get; }

    /// <summary>Writes what remains: lists, categories.</summary>
    void Complete();
}

/// <summary>What a new dataset is to hold.</summary>
/// <param name="Categories">All categories of its objects, in order.</param>
/// <param name="Features">What its objects have: what the format that they come from can hold, or less where less is wanted.</param>
public sealed record DatasetWriteOptions(IReadOnlyList<DatasetCategory> Categories, DatasetFeatures Features);
