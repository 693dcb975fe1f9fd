using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Datasets.Finding;

/// <summary>
/// Regions from a dataset's annotations. Annotations are for the upright picture, as all of the formats' own tools show it; a
/// picture of another size than its annotations say is an error.
/// </summary>
/// <param name="pictureOf">The dataset's entry for an item of the run.</param>
/// <param name="kinds">What to cover; see <see cref="AnnotatedKinds.Require"/>.</param>
/// <param name="incomplete">What to do where people may be missing.</param>
public sealed class AnnotatedRegions(Func<MediaItem, DatasetPicture> pictureOf, IReadOnlyList<RegionKind> kinds, IncompleteAnnotations incomplete) : IRegionProvider
{
    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(frame);
        var picture = pictureOf(item);
        if (picture.Annotations != AnnotationState.Present && incomplete == IncompleteAnnotations.Refuse)
        {
            throw new VeilException(
                VeilErrorCode.InvalidDataset,
                picture.Annotations == AnnotationState.Absent
                    ? $"{picture.Place}: nothing is annotated for this picture, so it is not known whether it shows anybody."
                    : $"{picture.Place}: the annotations of this picture need not name everybody in it.",
                "Find regions by detection, or match detections with annotations.");
        }

        return AnnotatedPeople.Regions(ObjectsFor(picture, frame), kinds, new PictureSize(frame.Width, frame.Height));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The objects of a picture, once it is certain that they are for a picture of this size.</summary>
    internal static IReadOnlyList<DatasetObject> ObjectsFor(DatasetPicture picture, Frame frame)
    {
        RequireSize(picture, new PictureSize(frame.Width, frame.Height));
        return picture.ReadObjects();
    }

    /// <summary>Refuses a picture of another size than its annotations are for.</summary>
    /// <param name="picture">With its annotations; those that name no size suit every picture.</param>
    /// <param name="upright">The picture's size, upright.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: it has another size.</exception>
    public static void RequireSize(DatasetPicture picture, PictureSize upright)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.AnnotatedSize is { } size && size != upright)
        {
            throw new VeilException(
                VeilErrorCode.InvalidDataset,
                $"{picture.Place}: the annotations are for a picture of {size.Width}×{size.Height}, but the upright picture has {upright.Width}×{upright.Height}.",
                size.Width == upright.Height && size.Height == upright.Width
                    ? "They seem to be for the picture as it is stored, before its EXIF orientation; turn the picture itself, or correct the annotations."
                    : "Restore the picture that was annotated, or correct the annotations.");
        }
    }
}
