using Veil.Errors;

namespace Veil.Datasets.Converting;

/// <summary>What becomes of the pictures of a dataset whose annotations are converted.</summary>
public enum ConvertedPictures
{
    /// <summary>They stay where they are; only annotations are written.</summary>
    None,

    /// <summary>Copied. They are the originals: nothing is anonymized.</summary>
    Copy,

    /// <summary>Symbolic links to the originals.</summary>
    Link,
}

/// <summary>What a conversion did.</summary>
/// <param name="Pictures">Pictures whose annotations were written.</param>
/// <param name="Objects">Objects that they have.</param>
/// <param name="Unannotated">Pictures that were left out since nothing, or not everything, is annotated for them.</param>
/// <param name="Missing">Pictures that were left out since they are not there.</param>
/// <param name="Losses">What the target could not hold, in words, with how many.</param>
public sealed record ConversionResult(int Pictures, int Objects, int Unannotated, int Missing, IReadOnlyDictionary<string, int> Losses);

/// <summary>Writes a dataset's annotations in another format. Nothing is overwritten, and nothing is anonymized.</summary>
public static class DatasetConversion
{
    /// <summary>Converts a dataset. Where it fails, files that are complete as they are may stay.</summary>
    /// <param name="reader">The source.</param>
    /// <param name="target">The target's format.</param>
    /// <param name="root">The target's folder: new or empty.</param>
    /// <param name="features">What to take along of objects.</param>
    /// <param name="pictures">What becomes of the pictures.</param>
    /// <param name="sizeOf">The size of an upright picture, from its header.</param>
    /// <param name="cancellationToken">Ends the conversion.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidDataset"/>: an annotation is broken; <see cref="VeilErrorCode.OutputExists"/>, <see cref="VeilErrorCode.UnwritableOutput"/>;
    /// <see cref="VeilErrorCode.InvalidOption"/>: one of the formats has no annotations to convert.
    /// </exception>
    public static ConversionResult Run(
        IDatasetReader reader, DatasetFormat target, string root, DatasetFeatures features, ConvertedPictures pictures, Func<string, PictureSize> sizeOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(sizeOf);
        if (target.Features == DatasetFeatures.None)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"'{target.Id}' holds no annotations to convert to.", "Choose another format.");
        }

        RefuseInside(reader.Root, Path.GetFullPath(root));
        try
        {
            using var writer = target.Create(root, new DatasetWriteOptions(reader.Categories, features));
            var result = Run(reader, writer, Path.GetFullPath(root), features, pictures, sizeOf, cancellationToken);
            writer.Complete();
            return result with { Losses = writer.Losses };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"'{root}' cannot be written: {error.Message}", "Choose a place you may write to.", error);
        }
    }

    private static ConversionResult Run(
        IDatasetReader reader, IDatasetWriter writer, string root, DatasetFeatures features, ConvertedPictures pictures, Func<string, PictureSize> sizeOf, CancellationToken cancellationToken)
    {
        var (written, objects, unannotated, missing) = (0, 0, 0, 0);
        foreach (var picture in reader.Pictures())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (picture.Annotations != AnnotationState.Present)
            {
                // In most formats a picture without objects means that nobody is there.
                unannotated++;
                continue;
            }

            if (!picture.Exists)
            {
                missing++;
                continue;
            }

            var found = picture.ReadObjects().Select(entry => Reduce(entry, features)).ToList();
            writer.Add(picture, picture.AnnotatedSize ?? sizeOf(picture.FullPath), found);
            Place(picture, Path.Combine(root, writer.PathFor(picture)), pictures);
            (written, objects) = (written + 1, objects + found.Count);
        }

        return written > 0
            ? new ConversionResult(written, objects, unannotated, missing, writer.Losses)
            : throw new VeilException(VeilErrorCode.InvalidDataset, $"None of the pictures of '{reader.Root}' has complete annotations that could be converted.", "'veil dataset check' shows what it holds.");
    }

    private static DatasetObject Reduce(DatasetObject found, DatasetFeatures features) => found with
    {
        Polygons = features.HasFlag(DatasetFeatures.Polygons) ? found.Polygons : [],
        Mask = features.HasFlag(DatasetFeatures.Masks) ? found.Mask : null,
        Keypoints = features.HasFlag(DatasetFeatures.Keypoints) ? found.Keypoints : [],
    };

    private static void Place(DatasetPicture picture, string target, ConvertedPictures pictures)
    {
        if (pictures == ConvertedPictures.None)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (pictures == ConvertedPictures.Link)
        {
            File.CreateSymbolicLink(target, picture.FullPath);
        }
        else
        {
            File.Copy(picture.FullPath, target, overwrite: false);
        }
    }

    /// <summary>A target inside the source would become part of it.</summary>
    private static void RefuseInside(string source, string target)
    {
        var real = new Pipeline.RealPath();
        var relative = Path.GetRelativePath(real.OfFolder(source), real.OfFolder(target));
        if (!Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar)[0] != "..")
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The new dataset '{target}' would lie inside the old one.", "Choose a folder outside it.");
        }
    }
}
