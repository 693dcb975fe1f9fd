using System.Numerics;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Tracking;

/// <summary>
/// Follows a patch from one frame to another by zero-mean normalised cross-correlation (Lewis, Fast Normalized
/// Cross-Correlation, 1995): first over all offsets within reach at one scale, then over scales, at the pyramid level where
/// the patch is a few tens of pixels. Not thread-safe: it keeps its buffers.
/// </summary>
public sealed class PatchFollower
{
    // A patch of this many pixels holds what tells faces apart from surroundings; more costs time and no accuracy.
    private const int PatchSide = 24;
    private const int SmallestSide = 6;
    private const int MaximumReach = 20;

    /// <summary>A face's size changes by no more than this from frame to frame.</summary>
    private static readonly float[] Scales = [0.94f, 0.97f, 1.03f, 1.06f];

    private float[] _patch = [];
    private float[] _candidate = [];
    private float[] _window = [];
    private double[] _sums = [];
    private double[] _squares = [];

    /// <summary>Follows a box.</summary>
    /// <param name="from">The frame in which the box is known.</param>
    /// <param name="box">The box, frame pixels; may reach over the border.</param>
    /// <param name="to">The other frame, of the same size.</param>
    /// <param name="expected">Where it is expected there: the search is around this place; its size is not looked at.</param>
    /// <param name="reach">How far from there it may be, as a fraction of the box's longer side.</param>
    /// <returns>The best place; correlation 0 where the patch has no texture or lies outside.</returns>
    public PatchMatch Follow(LumaPyramid from, Box box, LumaPyramid to, Box expected, float reach)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var lost = new PatchMatch(Moved(box, expected.CenterX, expected.CenterY), 0);
        var level = LevelFor(from, box);
        var scale = from.Scale(level);
        var (width, height) = ((int)MathF.Round(box.Width / scale), (int)MathF.Round(box.Height / scale));
        if (width < SmallestSide || height < SmallestSide || !IsSeen(from, box) || !IsSeen(to, expected))
        {
            return lost;
        }

        var norm = Sample(from, level, box.Scale(1 / scale, 1 / scale), width, height, ref _patch);
        if (norm <= 0)
        {
            return lost;
        }

        var patch = _patch.AsSpan(0, width * height);
        Normalise(patch, norm);
        var found = Search(to, level, expected, box, patch, width, height, reach);
        return Rescale(to, level, found, patch, width, height);
    }

    private static Box Moved(Box box, float centerX, float centerY) => box.Offset(centerX - box.CenterX, centerY - box.CenterY);

    private static bool IsSeen(LumaPyramid frame, Box box)
    {
        var (width, height) = frame.Size(0);
        return !box.Intersect(new Box(0, 0, width * frame.Scale(0), height * frame.Scale(0))).IsEmpty;
    }

    private static int LevelFor(LumaPyramid frame, Box box)
    {
        var level = 0;
        while (level + 1 < frame.Levels && box.LongSide / frame.Scale(level) > 1.5f * PatchSide)
        {
            level++;
        }

        return level;
    }

    private PatchMatch Search(LumaPyramid to, int level, Box expected, Box box, ReadOnlySpan<float> patch, int width, int height, float reach)
    {
        var scale = to.Scale(level);
        var far = Math.Clamp((int)MathF.Ceiling(reach * box.LongSide / scale), 1, MaximumReach);
        var left = (int)MathF.Round((expected.CenterX / scale) - (width / 2f)) - far;
        var top = (int)MathF.Round((expected.CenterY / scale) - (height / 2f)) - far;
        var (windowWidth, windowHeight) = (width + (2 * far), height + (2 * far));
        FillWindow(to, level, left, top, windowWidth, windowHeight);

        // Every second offset first: correlation of natural pictures falls off over a pixel or more.
        var (bestX, bestY, best) = (far, far, float.NegativeInfinity);
        for (var y = far % 2; y <= 2 * far; y += 2)
        {
            for (var x = far % 2; x <= 2 * far; x += 2)
            {
                Try(x, y, patch, ref bestX, ref bestY, ref best);
            }
        }

        var (middleX, middleY) = (bestX, bestY);
        for (var y = Math.Max(0, middleY - 1); y <= Math.Min(2 * far, middleY + 1); y++)
        {
            for (var x = Math.Max(0, middleX - 1); x <= Math.Min(2 * far, middleX + 1); x++)
            {
                Try(x, y, patch, ref bestX, ref bestY, ref best);
            }
        }

        var center = new Vector2(left + bestX + (width / 2f), top + bestY + (height / 2f)) * scale;
        return new PatchMatch(Moved(box, center.X, center.Y), best);

        void Try(int x, int y, ReadOnlySpan<float> wanted, ref int atX, ref int atY, ref float highest)
        {
            var correlation = Correlate(x, y, windowWidth, wanted, width, height);
            if (correlation > highest)
            {
                (atX, atY, highest) = (x, y, correlation);
            }
        }
    }

    private PatchMatch Rescale(LumaPyramid to, int level, PatchMatch found, ReadOnlySpan<float> patch, int width, int height)
    {
        var scale = 1 / to.Scale(level);
        var best = found;
        foreach (var factor in Scales)
        {
            var box = found.Box.Grow((factor - 1) / 2);
            var norm = Sample(to, level, box.Scale(scale, scale), width, height, ref _candidate);
            var correlation = norm <= 0 ? 0 : DotProduct.Of(patch, _candidate.AsSpan(0, patch.Length)) / norm;
            if (correlation > best.Correlation)
            {
                best = new PatchMatch(box, correlation);
            }
        }

        return best;
    }

    /// <summary>Correlation of the patch with the window's part at an offset. The patch has mean 0 and norm 1.</summary>
    private float Correlate(int x, int y, int windowWidth, ReadOnlySpan<float> patch, int width, int height)
    {
        var dot = 0f;
        for (var row = 0; row < height; row++)
        {
            dot += DotProduct.Of(patch.Slice(row * width, width), _window.AsSpan(((y + row) * windowWidth) + x, width));
        }

        var count = width * height;
        var sum = Area(_sums, x, y, windowWidth + 1, width, height);
        var variance = Area(_squares, x, y, windowWidth + 1, width, height) - (sum * sum / count);
        return variance <= count ? 0 : dot / (float)Math.Sqrt(variance);
    }

    private static double Area(double[] table, int x, int y, int stride, int width, int height) =>
        table[((y + height) * stride) + x + width] - table[(y * stride) + x + width] - table[((y + height) * stride) + x] + table[(y * stride) + x];

    /// <summary>Copies part of a level, its border repeated beyond it, and sums it up.</summary>
    private void FillWindow(LumaPyramid frame, int level, int left, int top, int width, int height)
    {
        Grow(ref _window, width * height);
        Grow(ref _sums, (width + 1) * (height + 1));
        Grow(ref _squares, (width + 1) * (height + 1));
        _sums.AsSpan(0, width + 1).Clear();
        _squares.AsSpan(0, width + 1).Clear();
        var pixels = frame.Pixels(level);
        var (columns, rows) = frame.Size(level);
        for (var y = 0; y < height; y++)
        {
            var from = pixels.Slice(Math.Clamp(top + y, 0, rows - 1) * columns, columns);
            var to = _window.AsSpan(y * width, width);
            var (sum, squares) = (0.0, 0.0);
            var (above, here) = (y * (width + 1), (y + 1) * (width + 1));
            (_sums[here], _squares[here]) = (0, 0);
            for (var x = 0; x < width; x++)
            {
                float value = from[Math.Clamp(left + x, 0, columns - 1)];
                to[x] = value;
                sum += value;
                squares += value * value;
                _sums[here + x + 1] = _sums[above + x + 1] + sum;
                _squares[here + x + 1] = _squares[above + x + 1] + squares;
            }
        }
    }

    /// <summary>A box as a grid of pixels, bilinear, its border repeated beyond the picture; its mean taken away.</summary>
    /// <returns>Its norm; 0 where it has next to no texture.</returns>
    private static float Sample(LumaPyramid frame, int level, Box box, int width, int height, ref float[] target)
    {
        Grow(ref target, width * height);
        var pixels = frame.Pixels(level);
        var (columns, rows) = frame.Size(level);
        var sum = 0f;
        for (var y = 0; y < height; y++)
        {
            var fromY = Math.Clamp(box.Top + ((y + 0.5f) * box.Height / height) - 0.5f, 0, rows - 1);
            var (upper, partY) = ((int)fromY, fromY - (int)fromY);
            var lower = Math.Min(upper + 1, rows - 1);
            for (var x = 0; x < width; x++)
            {
                var fromX = Math.Clamp(box.Left + ((x + 0.5f) * box.Width / width) - 0.5f, 0, columns - 1);
                var (left, partX) = ((int)fromX, fromX - (int)fromX);
                var right = Math.Min(left + 1, columns - 1);
                var over = float.Lerp(pixels[(upper * columns) + left], pixels[(upper * columns) + right], partX);
                var under = float.Lerp(pixels[(lower * columns) + left], pixels[(lower * columns) + right], partX);
                var value = float.Lerp(over, under, partY);
                target[(y * width) + x] = value;
                sum += value;
            }
        }

        var count = width * height;
        var mean = sum / count;
        var squares = 0f;
        for (var i = 0; i < count; i++)
        {
            target[i] -= mean;
            squares += target[i] * target[i];
        }

        return squares <= count ? 0 : MathF.Sqrt(squares);
    }

    private static void Normalise(Span<float> patch, float norm)
    {
        for (var i = 0; i < patch.Length; i++)
        {
            patch[i] /= norm;
        }
    }

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }
}
