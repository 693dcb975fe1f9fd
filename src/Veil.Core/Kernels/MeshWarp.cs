using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// Bends a picture: each triangle of a mesh takes its pixels from the triangle between the same points elsewhere, by the
/// affine map between the two. Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// Bilinear between pixel centres; outside, the source's outermost pixels go on. A target pixel takes four source pixels
/// and no more: a source that is to become less than half as large is reduced with <see cref="Resampler"/>
/// (<see cref="Resampling.Area"/>) by the caller first. Each target pixel whose centre the mesh covers is written exactly
/// once, also where triangles of the source overlap or are turned over.
/// </remarks>
public static class MeshWarp
{
    private const int Channels = 3;
    private const int Half = TriangleMesh.Steps / 2;

    /// <summary>Draws the source into the target.</summary>
    /// <param name="source">Rows of red, green and blue, 8 bits each.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="sourceWidth">Columns of the source, at least 1.</param>
    /// <param name="sourceHeight">Rows of the source, at least 1.</param>
    /// <param name="target">Receives red, green and blue; pixels that the mesh does not cover are left alone. Must not overlap the source.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="targetWidth">Columns of the target, at least 1.</param>
    /// <param name="targetHeight">Rows of the target, at least 1.</param>
    /// <param name="mesh">Triangles in the target's pixel-edge coordinates.</param>
    /// <param name="sourcePoints">Where each of the mesh's points lies in the source, pixel-edge coordinates; finite.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit, or there are not as many points as the mesh has.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, int sourceWidth, int sourceHeight, Span<byte> target, int targetStride, int targetWidth, int targetHeight, TriangleMesh mesh, ReadOnlySpan<Vector2> sourcePoints)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        KernelArguments.CheckPlane(source.Length, sourceStride, sourceWidth, sourceHeight, Channels, nameof(source));
        KernelArguments.CheckPlane(target.Length, targetStride, targetWidth, targetHeight, Channels, nameof(target));
        if (sourcePoints.Length != mesh.Count)
        {
            throw new ArgumentException($"Expected {mesh.Count} points, but received {sourcePoints.Length}.", nameof(sourcePoints));
        }

        var picture = new Source(source, sourceStride, sourceWidth, sourceHeight);
        for (var i = 0; i < mesh.Triangles.Length; i += 3)
        {
            var (a, b, c) = (mesh.Triangles[i], mesh.Triangles[i + 1], mesh.Triangles[i + 2]);
            var (first, second, third) = (mesh.Grid[a], mesh.Grid[b], mesh.Grid[c]);
            var map = TriangleMap.Between(first, second, third, sourcePoints[a], sourcePoints[b], sourcePoints[c]);
            var top = Math.Max(0, Math.Min(first.Y, Math.Min(second.Y, third.Y)) / TriangleMesh.Steps - 1);
            var bottom = Math.Min(targetHeight - 1, Math.Max(first.Y, Math.Max(second.Y, third.Y)) / TriangleMesh.Steps);
            for (var y = top; y <= bottom; y++)
            {
                var span = new RowSpan(0, targetWidth - 1).Cut(first, second, y).Cut(second, third, y).Cut(third, first, y);
                var row = target.Slice(y * targetStride, targetWidth * Channels);
                for (var x = span.First; x <= span.Last; x++)
                {
                    map.Apply(x + 0.5, y + 0.5, out var sourceX, out var sourceY);
                    picture.Sample(sourceX, sourceY, row.Slice(x * Channels, Channels));
                }
            }
        }
    }

    /// <summary>Columns of a row, both inclusive.</summary>
    private readonly record struct RowSpan(int First, int Last)
    {
        /// <summary>
        /// What lies on the inner side of an edge. Centres on the edge itself belong to the triangle whose edge goes down, or
        /// left where it is level: to one of the two that share it.
        /// </summary>
        public RowSpan Cut((int X, int Y) from, (int X, int Y) to, int y)
        {
            // side(x) = start + step·x, at least 0 or 1.
            long dx = to.X - from.X, dy = to.Y - from.Y;
            var least = dy > 0 || (dy == 0 && dx < 0) ? 0 : 1;
            var start = (dx * (((long)y * TriangleMesh.Steps) + Half - from.Y)) - (dy * (Half - (long)from.X));
            var step = -dy * TriangleMesh.Steps;
            if (step == 0)
            {
                return start >= least ? this : new RowSpan(0, -1);
            }

            return step > 0
                ? this with { First = (int)Math.Clamp(-FloorDivide(start - least, step), First, (long)Last + 1) }
                : this with { Last = (int)Math.Clamp(FloorDivide(start - least, -step), (long)First - 1, Last) };
        }

        private static long FloorDivide(long value, long by)
        {
            var quotient = value / by;
            return value % by < 0 ? quotient - 1 : quotient;
        }
    }

    /// <summary>The affine map that takes one triangle to another, in double precision: thin triangles need it.</summary>
    private readonly record struct TriangleMap(double XX, double XY, double X0, double YX, double YY, double Y0)
    {
        public static TriangleMap Between((int X, int Y) a, (int X, int Y) b, (int X, int Y) c, Vector2 p, Vector2 q, Vector2 r)
        {
            const double steps = TriangleMesh.Steps;
            double ux = (b.X - a.X) / steps, uy = (b.Y - a.Y) / steps, vx = (c.X - a.X) / steps, vy = (c.Y - a.Y) / steps;
            var area = (ux * vy) - (uy * vx);
            double px = (double)q.X - p.X, py = (double)q.Y - p.Y, qx = (double)r.X - p.X, qy = (double)r.Y - p.Y;
            double xx = ((px * vy) - (qx * uy)) / area, xy = ((qx * ux) - (px * vx)) / area;
            double yx = ((py * vy) - (qy * uy)) / area, yy = ((qy * ux) - (py * vx)) / area;
            double ax = a.X / steps, ay = a.Y / steps;
            return new TriangleMap(xx, xy, p.X - (xx * ax) - (xy * ay), yx, yy, p.Y - (yx * ax) - (yy * ay));
        }

        public void Apply(double x, double y, out double sourceX, out double sourceY) =>
            (sourceX, sourceY) = ((XX * x) + (XY * y) + X0, (YX * x) + (YY * y) + Y0);
    }

    private readonly ref struct Source(ReadOnlySpan<byte> pixels, int stride, int width, int height)
    {
        private readonly ReadOnlySpan<byte> _pixels = pixels;

        public void Sample(double x, double y, Span<byte> target)
        {
            x = Math.Clamp(x - 0.5, 0, width - 1);
            y = Math.Clamp(y - 0.5, 0, height - 1);
            var (left, top) = ((int)x, (int)y);
            var (low, right) = (Math.Min(top + 1, height - 1), Math.Min(left + 1, width - 1));
            var (fx, fy) = ((float)(x - left), (float)(y - top));
            var upper = _pixels[(top * stride)..];
            var lower = _pixels[(low * stride)..];
            for (var c = 0; c < Channels; c++)
            {
                float a = upper[(left * Channels) + c], b = upper[(right * Channels) + c];
                float d = lower[(left * Channels) + c], e = lower[(right * Channels) + c];
                var above = a + (fx * (b - a));
                var below = d + (fx * (e - d));
                target[c] = (byte)(above + (fy * (below - above)) + 0.5f);
            }
        }
    }
}
