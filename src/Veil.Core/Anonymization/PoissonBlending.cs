using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// Poisson blending (Pérez et al., Poisson Image Editing, 2003), solved over the mask itself: the patch plus the smoothest
/// surface that takes it to the picture's colours around the mask. OpenCV's seamlessClone would not do: it solves over the
/// mask's bounding box and lets pixels under the mask's rim through, by up to 23 levels in a picture of noise.
/// </summary>
public static class PoissonBlending
{
    private const int Channels = 3;

    /// <summary>
    /// Makes the engine; see <see cref="PoissonBlender"/>. Only what lies under the mask is taken of the patch. Where the
    /// mask reaches the picture's border, the patch keeps its gradients there; a mask over the whole picture takes the patch as it is.
    /// </summary>
    public static PoissonBlender Create() => Blend;

    private static void Blend(PixelBuffer image, PixelBuffer patch, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(mask);
        if (image.Format != PixelFormat.Rgb24 || patch.Format != PixelFormat.Rgb24 || patch.Width != image.Width || patch.Height != image.Height)
        {
            throw new ArgumentException($"Expected a patch of {image.Width}×{image.Height} Rgb24 pixels for a picture of the same, but received {patch.Width}×{patch.Height} {patch.Format} for {image.Format}.", nameof(patch));
        }

        var bounds = mask.Bounds;
        if (bounds.Intersect(image.Bounds) != bounds)
        {
            throw new ArgumentException($"Expected a mask within {image.Bounds}, but received {bounds}.", nameof(mask));
        }

        var stride = bounds.Width + 2;
        var length = stride * (bounds.Height + 2);
        var (right, below, rim) = (new float[length], new float[length], new float[length]);
        var loads = new float[Channels][];
        for (var channel = 0; channel < Channels; channel++)
        {
            loads[channel] = new float[length];
        }

        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            for (var x = bounds.Left; x < bounds.Right; x++)
            {
                if (mask[x, y] == 0)
                {
                    continue;
                }

                var i = ((y - bounds.Top + 1) * stride) + x - bounds.Left + 1;
                right[i] = mask[x + 1, y] > 0 ? 1 : 0;
                below[i] = mask[x, y + 1] > 0 ? 1 : 0;
                Hold(x - 1, y, x, y, i);
                Hold(x + 1, y, x, y, i);
                Hold(x, y - 1, x, y, i);
                Hold(x, y + 1, x, y, i);
            }
        }

        var grid = new MembraneGrid(bounds.Width, bounds.Height, right, below, rim);
        var heights = new float[length];
        for (var channel = 0; channel < Channels; channel++)
        {
            MembraneSolver.Solve(grid, loads[channel], heights);
            Lay(image, patch, mask, heights, channel);
        }

        // A neighbour outside the mask holds a pixel at its own colour; one outside the picture does not exist.
        void Hold(int outsideX, int outsideY, int x, int y, int i)
        {
            if (outsideX < 0 || outsideY < 0 || outsideX >= image.Width || outsideY >= image.Height || mask[outsideX, outsideY] > 0)
            {
                return;
            }

            rim[i]++;
            var around = image.Row(outsideY).Slice(outsideX * Channels, Channels);
            var laid = patch.Row(y).Slice(x * Channels, Channels);
            for (var channel = 0; channel < Channels; channel++)
            {
                loads[channel][i] += around[channel] - laid[channel];
            }
        }
    }

    private static void Lay(PixelBuffer image, PixelBuffer patch, RegionMask mask, float[] heights, int channel)
    {
        var bounds = mask.Bounds;
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            var coverage = mask.Row(y);
            var from = patch.Row(y);
            var to = image.Row(y);
            var row = ((y - bounds.Top + 1) * (bounds.Width + 2)) + 1;
            for (var x = 0; x < coverage.Length; x++)
            {
                if (coverage[x] > 0)
                {
                    var at = ((bounds.Left + x) * Channels) + channel;
                    to[at] = (byte)Math.Clamp(MathF.Round(from[at] + heights[row + x]), 0, 255);
                }
            }
        }
    }
}
