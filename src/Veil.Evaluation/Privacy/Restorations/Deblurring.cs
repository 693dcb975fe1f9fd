using System.Collections.Concurrent;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>Undoes a blur with a known kernel: <see cref="WienerFilter"/>.</summary>
/// <param name="model">What the method did to an area.</param>
internal sealed class Deblurring(Func<BlurredArea, BlurModel> model) : IRestoration
{
    private readonly ConcurrentDictionary<BlurredArea, (BlurModel Model, WienerFilter Filter)> _filters = new();

    public string Summary => "Wiener deconvolution with the method's own kernel";

    public void Restore(PixelBuffer image, CoveredRegion covered)
    {
        var area = covered.Mask.Bounds.Intersect(image.Bounds);
        if (area.IsEmpty)
        {
            return;
        }

        var box = covered.Region.Reference ?? covered.Region.Box;
        var (blur, filter) = Filter(new BlurredArea(area.Width, area.Height, box.Width, box.Height));
        using var work = Resized(image.View(area), blur.Width, blur.Height);
        var open = Open(covered.Mask, area, work);
        for (var channel = 0; channel < 3; channel++)
        {
            Restore(work, channel, filter, open);
        }

        using var restored = Resized(work, area.Width, area.Height);
        for (var y = 0; y < area.Height; y++)
        {
            var from = restored.Row(y);
            var to = image.Row(y + area.Top);
            for (var x = 0; x < area.Width; x++)
            {
                if (covered.Mask[x + area.Left, y + area.Top] == byte.MaxValue)
                {
                    from.Slice(3 * x, 3).CopyTo(to[(3 * (x + area.Left))..]);
                }
            }
        }
    }

    // Regions of photos come in any size, and a filter is large: it is kept for the one size that aligned crops have.
    private (BlurModel Model, WienerFilter Filter) Filter(BlurredArea area)
    {
        if (_filters.TryGetValue(area, out var known))
        {
            return known;
        }

        var blur = model(area);
        var made = (blur, new WienerFilter(blur.Width, blur.Height, blur.Across, blur.Down));
        if (_filters.IsEmpty)
        {
            _filters.TryAdd(area, made);
        }

        return made;
    }

    /// <summary>Pixels that the method left or mixed: they are not blurred as the others are. Null where there are none.</summary>
    private static bool[]? Open(RegionMask mask, PixelRect area, PixelBuffer work)
    {
        var open = new bool[work.Width * work.Height];
        var any = false;
        for (var i = 0; i < open.Length; i++)
        {
            var (x, y) = (((i % work.Width * 2) + 1) * area.Width / (2 * work.Width), ((i / work.Width * 2) + 1) * area.Height / (2 * work.Height));
            any |= open[i] = mask[x + area.Left, y + area.Top] != byte.MaxValue;
        }

        return any ? open : null;
    }

    private static void Restore(PixelBuffer work, int channel, WienerFilter filter, bool[]? open)
    {
        var pixels = new float[work.Width * work.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = work.Row(i / work.Width)[(i % work.Width * 3) + channel];
        }

        if (open is not null)
        {
            // What shows is taken to be blurred as well, or an edge would ring through everything.
            var blurred = filter.Blur(pixels);
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = open[i] ? blurred[i] : pixels[i];
            }
        }

        var restored = filter.Restore(pixels);
        for (var i = 0; i < restored.Length; i++)
        {
            work.Row(i / work.Width)[(i % work.Width * 3) + channel] = (byte)(Math.Clamp(restored[i], 0, 255) + 0.5f);
        }
    }

    private static PixelBuffer Resized(PixelBuffer from, int width, int height)
    {
        var to = new PixelBuffer(width, height, PixelFormat.Rgb24);
        if (from.Width == width && from.Height == height)
        {
            from.CopyTo(to);
        }
        else
        {
            Resampler.Apply(from.Span, from.Stride, from.Width, from.Height, to.Span, to.Stride, width, height, 3, Resampling.Area);
        }

        return to;
    }
}
