using System.Globalization;
using Veil.Datasets.Masks;
using Veil.Regions;

namespace Veil.Datasets.Checking;

/// <summary>Checks what an object says of where it is.</summary>
/// <param name="take">Takes problems.</param>
internal sealed class ObjectCheck(Action<DatasetProblem> take)
{
    // Annotations are rounded, and conventions differ by a pixel: that far over the border is no mistake.
    private const double Tolerance = 1.01;

    public void Check(DatasetObject found, PictureSize? size)
    {
        CheckBox(found, size);
        foreach (var polygon in found.Polygons)
        {
            CheckPolygon(found, polygon, size);
        }

        if (found.Mask is { } mask)
        {
            if (size is { } real && (mask.Width != real.Width || mask.Height != real.Height))
            {
                Error(DatasetProblemKind.Mask, found, $"expected a mask of the picture's {real.Width}×{real.Height}, but received one of {mask.Width}×{mask.Height}");
            }
            else if (mask.Area == 0)
            {
                Error(DatasetProblemKind.Mask, found, "expected a mask with pixels, but it is empty");
            }
        }

        CheckKeypoints(found, size);
    }

    private void CheckBox(DatasetObject found, PictureSize? size)
    {
        var box = found.Box;
        if (box.IsEmpty || !float.IsFinite(box.Left + box.Right + box.Top + box.Bottom))
        {
            Error(DatasetProblemKind.Box, found, $"expected a box with an area, but received {Words(box)}");
        }
        else if (size is { } picture && (box.Left < -Tolerance || box.Top < -Tolerance || box.Right > picture.Width + Tolerance || box.Bottom > picture.Height + Tolerance))
        {
            Error(DatasetProblemKind.Box, found, $"expected a box inside {picture.Width}×{picture.Height}, but received {Words(box)}");
        }
    }

    private void CheckPolygon(DatasetObject found, Polygon polygon, PictureSize? size)
    {
        if (polygon.Corners < 3)
        {
            Error(DatasetProblemKind.Polygon, found, $"expected a polygon of three corners or more, but received {polygon.Corners}");
        }
        else if (!(polygon.Area > 0) || !double.IsFinite(polygon.Area))
        {
            Error(DatasetProblemKind.Polygon, found, "expected a polygon with an area, but its corners lie on a line");
        }
        else if (size is { } picture && Polygon.BoxAround([polygon]) is { } around
            && (around.Left < -Tolerance || around.Top < -Tolerance || around.Right > picture.Width + Tolerance || around.Bottom > picture.Height + Tolerance))
        {
            Error(DatasetProblemKind.Polygon, found, $"expected a polygon inside {picture.Width}×{picture.Height}, but it spans {Words(around)}");
        }
    }

    private void CheckKeypoints(DatasetObject found, PictureSize? size)
    {
        if (found.Keypoints.IsEmpty)
        {
            return;
        }

        if (found.Category.Keypoints.Count > 0 && found.Keypoints.Length != found.Category.Keypoints.Count)
        {
            Error(DatasetProblemKind.Keypoints, found, $"expected {found.Category.Keypoints.Count} keypoints, but received {found.Keypoints.Length}");
        }

        if (size is { } picture && found.Keypoints.Any(point => point.State != KeypointState.Absent
            && (point.X < -Tolerance || point.Y < -Tolerance || point.X > picture.Width + Tolerance || point.Y > picture.Height + Tolerance)))
        {
            Error(DatasetProblemKind.Keypoints, found, $"expected keypoints inside {picture.Width}×{picture.Height}, but one lies outside");
        }
    }

    private void Error(DatasetProblemKind kind, DatasetObject found, string message) => take(new DatasetProblem(
        kind, DatasetSeverity.Error, found.Place, $"'{found.Category.Name}'{(found.Id is { } id ? " (id " + id + ")" : "")}: {message}."));

    private static string Words(Box box) =>
        string.Create(CultureInfo.InvariantCulture, $"({box.Left:0.##}, {box.Top:0.##}) to ({box.Right:0.##}, {box.Bottom:0.##})");
}
