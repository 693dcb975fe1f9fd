using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Datasets.Finding;

/// <summary>
/// Regions from detections, matched with the people and plates that a dataset annotates (<see cref="DetectionMatching"/>).
/// Where a picture has no annotations, detections are all there is. Owns the detections' provider.
/// </summary>
/// <param name="detections">Finds regions; its kinds are the ones that are covered.</param>
/// <param name="pictureOf">The dataset's entry for an item of the run.</param>
/// <param name="kinds">What is looked for: annotated people and plates are covered for these kinds.</param>
/// <param name="policy">What is covered.</param>
public sealed class MatchedRegions(IRegionProvider detections, Func<MediaItem, DatasetPicture> pictureOf, IReadOnlyList<RegionKind> kinds, MatchPolicy policy) : IRegionProvider
{
    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(frame);
        var found = detections.Find(item, frame, cancellationToken);
        var picture = pictureOf(item);
        if (picture.Annotations == AnnotationState.Absent)
        {
            return found;
        }

        var objects = AnnotatedRegions.ObjectsFor(picture, frame);
        var size = new PictureSize(frame.Width, frame.Height);
        try
        {
            return [.. kinds.Union(found.Select(region => region.Kind)).SelectMany(kind => Cover(kind, [.. found.Where(region => region.Kind == kind)], objects, size))];
        }
        catch (FormatException error)
        {
            throw new VeilException(VeilErrorCode.InvalidDataset, $"{picture.Place}: {error.Message}", "Correct the annotation: somebody may be there, and cannot be covered.", error);
        }
    }

    /// <inheritdoc/>
    public bool LooksAtStills => detections.LooksAtStills;

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames) => detections.Complete(item, frames);

    /// <inheritdoc/>
    public void Dispose() => detections.Dispose();

    private IEnumerable<Region> Cover(RegionKind kind, List<Region> found, IReadOnlyList<DatasetObject> objects, PictureSize size)
    {
        var candidates = objects.Where(entry => Shows(entry.Category, kind)).ToList();
        if (kind is not (RegionKind.Face or RegionKind.Head or RegionKind.Body or RegionKind.Plate))
        {
            return found;
        }

        if (policy == MatchPolicy.MatchedOnly)
        {
            var eligible = candidates.FindAll(entry => entry.Category.Keypoints.Count == 0 || entry.Keypoints.Any(point => point.State != KeypointState.Absent));
            return DetectionMatching.Match(found, eligible, size).Select(match => match.Detection).Order().Select(index => found[index]);
        }

        // One detection speaks for one person, never for a crowd.
        var single = candidates.FindAll(entry => !entry.IsCrowd && entry.Category.Subject != CategorySubject.People);
        var matched = DetectionMatching.Match(found, single, size).Where(match => SpeaksFor(found[match.Detection].Box, single[match.Object], kind)).Select(match => single[match.Object]).ToHashSet<DatasetObject>(ReferenceEqualityComparer.Instance);
        return found.Concat(AnnotatedPeople.Regions([.. candidates.Where(entry => !matched.Contains(entry))], objects, kinds.Contains(kind) ? [kind] : [], size));
    }

    /// <summary>
    /// Whether a matched detection covers a person well enough to do without their annotation. The match itself asks for next to no
    /// overlap, and may pair somebody with a neighbour's detection.
    /// </summary>
    private static bool SpeaksFor(Box detection, DatasetObject person, RegionKind kind)
    {
        if (kind is not (RegionKind.Face or RegionKind.Head))
        {
            return detection.Intersect(person.Box).Area >= 0.5f * person.Box.Area;
        }

        return HeadFromKeypoints.Find(person.Keypoints, kind, person.Box) is { } head
            ? detection.Intersect(head).Area >= 0.3f * head.Area
            : detection.Intersect(person.Box).Area >= 0.5f * detection.Area;
    }

    private static bool Shows(DatasetCategory category, RegionKind kind) => kind switch
    {
        RegionKind.Body => category.IsPeople,
        RegionKind.Face or RegionKind.Head => category.IsPeople || category.Subject is CategorySubject.Face or CategorySubject.Head,
        RegionKind.Plate => category.Subject == CategorySubject.Plate,
        _ => false,
    };
}
