using Veil.Datasets.Masks;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Datasets.Finding;

/// <summary>
/// Pairs detections with annotated objects as DeepPrivacy2 does (tools/anonymization/coco/annotate_faces.py): all pairs whose
/// intersection over union is above 0.01, greedily, by falling overlap, then by falling score of the detection, then by how few
/// detections the object could have. An object's pixels count where it has a mask or polygons, else its box.
/// </summary>
public static class DetectionMatching
{
    /// <summary>Overlaps up to this are none.</summary>
    public const double LeastIoU = 0.01;

    /// <summary>Pairs of indices, best first; none occurs twice.</summary>
    /// <param name="detections">What was detected.</param>
    /// <param name="objects">What is annotated.</param>
    /// <param name="size">Size of the upright picture.</param>
    /// <exception cref="FormatException">A polygon cannot be drawn.</exception>
    public static IReadOnlyList<(int Detection, int Object)> Match(IReadOnlyList<Region> detections, IReadOnlyList<DatasetObject> objects, PictureSize size)
    {
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentNullException.ThrowIfNull(objects);
        var pairs = new List<(int Detection, int Object, double IoU)>();
        var possible = new int[objects.Count];
        for (var o = 0; o < objects.Count; o++)
        {
            var mask = MaskOf(objects[o], size);
            for (var d = 0; d < detections.Count; d++)
            {
                var overlap = mask is null ? detections[d].Box.IoU(objects[o].Box) : IoU(detections[d].Box, mask);
                if (overlap > LeastIoU)
                {
                    pairs.Add((d, o, overlap));
                    possible[o]++;
                }
            }
        }

        var (takenDetections, takenObjects) = (new HashSet<int>(), new HashSet<int>());
        var matches = new List<(int, int)>();
        foreach (var (d, o, _) in pairs.OrderByDescending(pair => pair.IoU).ThenByDescending(pair => detections[pair.Detection].Score).ThenBy(pair => possible[pair.Object]).ThenBy(pair => pair.Detection).ThenBy(pair => pair.Object))
        {
            if (!takenDetections.Contains(d) && !takenObjects.Contains(o))
            {
                takenDetections.Add(d);
                takenObjects.Add(o);
                matches.Add((d, o));
            }
        }

        return matches;
    }

    private static RunLengthMask? MaskOf(DatasetObject found, PictureSize size)
    {
        if (found.Mask is not null)
        {
            return found.Mask.Width == size.Width && found.Mask.Height == size.Height ? found.Mask : null;
        }

        var polygons = found.Polygons.RemoveAll(polygon => polygon.Corners < 3);
        return polygons.IsEmpty ? null : RunLengthMask.FromPolygons(polygons, size.Width, size.Height);
    }

    /// <summary>Over whole pixels, edges cut down to integers as the scripts do.</summary>
    private static double IoU(Box box, RunLengthMask mask)
    {
        var area = new PixelRect(Cut(box.Left), Cut(box.Top), Cut(box.Right), Cut(box.Bottom)).Intersect(new PixelRect(0, 0, mask.Width, mask.Height));
        if (area.IsEmpty)
        {
            return 0;
        }

        var both = mask.AreaIn(area);
        return (double)both / (((long)area.Width * area.Height) + mask.Area - both);
    }

    private static int Cut(float edge) => (int)Math.Clamp(edge, -1f, 1 << 24);
}
