using System.Numerics;
using Veil.Datasets.Masks;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Datasets.Finding;

/// <summary>
/// Turns annotated objects into regions. A person whose face cannot be told from its keypoints is covered as a whole: nobody
/// is left out because something is not annotated. Stateless.
/// </summary>
public static class AnnotatedPeople
{
    /// <summary>Name of the origin of regions that cover a whole person for want of anything closer.</summary>
    public const string WholePerson = "whole person";

    private const float FaceInPerson = 0.8f;

    /// <summary>Of a box, what the box around its outline covers at least.</summary>
    private const float LeastOutlined = 0.5f;

    /// <summary>The regions of some kinds that a picture's annotations give.</summary>
    /// <param name="objects">Its objects.</param>
    /// <param name="kinds">Which kinds.</param>
    /// <param name="size">Size of the upright picture.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: somebody is annotated, but not where.</exception>
    public static IReadOnlyList<Region> Regions(IReadOnlyList<DatasetObject> objects, IReadOnlyList<RegionKind> kinds, PictureSize size)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return Regions(objects, objects, kinds, size);
    }

    /// <summary>The same for some of a picture's objects.</summary>
    /// <param name="wanted">Those to cover.</param>
    /// <param name="all">All of them: a face that is annotated for itself tells where its person's face is.</param>
    /// <param name="kinds">Which kinds.</param>
    /// <param name="size">Size of the upright picture.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: somebody is annotated, but not where.</exception>
    public static IReadOnlyList<Region> Regions(IReadOnlyList<DatasetObject> wanted, IReadOnlyList<DatasetObject> all, IReadOnlyList<RegionKind> kinds, PictureSize size)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(kinds);
        var regions = new List<Region>();
        var faces = all.Where(IsFace).ToList();
        foreach (var kind in kinds)
        {
            if (kind == RegionKind.Image)
            {
                regions.Add(new Region(new Box(0, 0, size.Width, size.Height), kind, 1, new RegionOrigin(RegionSource.Request)));
                continue;
            }

            foreach (var found in wanted)
            {
                if (IsFace(found) && (kind is RegionKind.Face or RegionKind.Head))
                {
                    regions.Add(Whole(found, kind, found.Category.Name, size));
                }
                else if (found.Category.IsPeople && (kind is RegionKind.Body or RegionKind.Face or RegionKind.Head))
                {
                    if (Of(found, kind, faces, size) is { } region)
                    {
                        regions.Add(region);
                    }
                }
                else if (found.Category.Subject == CategorySubject.Plate && kind == RegionKind.Plate)
                {
                    regions.Add(Whole(found, kind, found.Category.Name, size));
                }
            }
        }

        return regions;
    }

    /// <summary>The region that covers one annotated person for one kind.</summary>
    /// <param name="person">An object of a category that shows people.</param>
    /// <param name="kind">Body, face or head.</param>
    /// <param name="size">Size of the upright picture.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: it does not say where the person is.</exception>
    public static Region Of(DatasetObject person, RegionKind kind, PictureSize size)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Of(person, kind, [], size)!;
    }

    /// <summary>Null where a face is annotated for itself inside the person.</summary>
    private static Region? Of(DatasetObject person, RegionKind kind, List<DatasetObject> faces, PictureSize size)
    {
        if (kind == RegionKind.Body)
        {
            return Whole(person, kind, person.Category.Name, size);
        }

        var many = person.IsCrowd || person.Category.Subject == CategorySubject.People;
        if (!many && HeadFromKeypoints.Find(person.Keypoints, kind, person.Box) is { } box)
        {
            return new Region(box, kind, 1, new RegionOrigin(RegionSource.Annotation, person.Category.Name)).Rounded();
        }

        var hasOwn = !many && faces.Exists(face => face.Box.Area > 0 && face.Box.Intersect(person.Box).Area >= FaceInPerson * face.Box.Area);
        return hasOwn ? null : WholeBox(person, kind, size);
    }

    private static bool IsFace(DatasetObject found) => found.Category.Subject is CategorySubject.Face or CategorySubject.Head;

    private static Region WholeBox(DatasetObject found, RegionKind kind, PictureSize size) =>
        Whole(found, kind, WholePerson, size) with { Outline = [], Mask = null };

    /// <summary>An object as it is annotated: its box, and its outline or mask where it has one.</summary>
    private static Region Whole(DatasetObject found, RegionKind kind, string origin, PictureSize size)
    {
        if (found.Mask is { } given && (given.Width != size.Width || given.Height != size.Height))
        {
            throw Broken(found, $"expected a mask of the picture's {size.Width}×{size.Height}, but it is one of {given.Width}×{given.Height}");
        }

        var box = found.Box;
        var polygons = found.Polygons.RemoveAll(polygon => polygon.Corners < 3);
        if (!box.IsEmpty && Polygon.BoxAround(polygons) is { } outlined && outlined.Intersect(box).Area < LeastOutlined * box.Area)
        {
            // A dot, or fractions of the picture: the box says more.
            polygons = [];
        }

        if (Polygon.BoxAround(polygons) is { } around)
        {
            box = box.IsEmpty ? around : box.Union(around);
        }

        RegionMask? mask = null;
        try
        {
            mask = found.Mask is { } runs ? runs.ToRegionMask() : polygons.Length > 1 ? RunLengthMask.FromPolygons(polygons, size.Width, size.Height).ToRegionMask() : null;
        }
        catch (FormatException error)
        {
            throw Broken(found, error.Message, error);
        }

        if (mask is not null)
        {
            var bounds = Box.Of(mask.Bounds);
            box = box.IsEmpty ? bounds : box.Union(bounds);
        }

        if (box.IsEmpty || !float.IsFinite(box.Area))
        {
            throw Broken(found, $"expected a box, polygon or mask with an area, but received {found.Box}");
        }

        var region = new Region(box, kind, 1, new RegionOrigin(RegionSource.Annotation, origin))
        {
            Mask = mask,
            Outline = mask is null && polygons is [var only] ? [.. Enumerable.Range(0, only.Corners).Select(i => new Vector2((float)only.Coordinates[i * 2], (float)only.Coordinates[(i * 2) + 1]))] : [],
        };
        return region.Rounded();
    }

    private static VeilException Broken(DatasetObject found, string why, Exception? cause = null) => new(
        VeilErrorCode.InvalidDataset, $"{found.Place}: '{found.Category.Name}' is annotated, but {why}.", "Correct the annotation: somebody may be there, and cannot be covered.", cause);
}
