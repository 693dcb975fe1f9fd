using System.Globalization;
using System.Numerics;
using System.Text;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Studio.Editing;

/// <summary>The outline of what is covered for a region, grown as the settings say, to be drawn over a picture.</summary>
internal static class CoverOutline
{
    // Fine enough for the eye; the picture below shows the pixels themselves.
    private const int CellsAcross = 64;
    private const float Tolerance = 0.2f;

    /// <summary>The outline as the data of an SVG path in pixels of the picture; empty where nothing of the picture is covered.</summary>
    /// <param name="policies">How regions become covered pixels.</param>
    /// <param name="region">As found or drawn.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <exception cref="VeilException">The region means nothing.</exception>
    public static string PathOf(RegionPolicies policies, Region region, int width, int height) =>
        policies.Cover(region, width, height) is { } covered ? PathOf(covered.Mask) : "";

    /// <summary>The outline of what a mask covers for certain.</summary>
    public static string PathOf(RegionMask mask)
    {
        var cell = Math.Max(1, (Math.Max(mask.Bounds.Width, mask.Bounds.Height) + CellsAcross - 1) / CellsAcross);
        var path = new StringBuilder();
        foreach (var loop in ContourTracer.Trace(new CoveredCells(mask, cell)))
        {
            var points = Polyline.Simplify(Polyline.Smooth(loop), Tolerance);
            for (var i = 0; i < points.Count; i++)
            {
                var point = (points[i] * cell) + new Vector2(mask.Bounds.Left, mask.Bounds.Top);
                // A contour may not leave the picture that its cells reach out of.
                path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{Math.Min(point.X, mask.Bounds.Right):0.#} {Math.Min(point.Y, mask.Bounds.Bottom):0.#}");
            }

            path.Append('Z');
        }

        return path.ToString();
    }
}
