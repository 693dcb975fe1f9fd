using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// A part of a picture at the size of a generator's crops. What counts as unknown is wiped before anything is computed: no
/// pixel of the crop that is not a hole holds any of it.
/// </summary>
/// <param name="Pixels"><see cref="PixelFormat.Rgb24"/>; mid-grey in the hole. Owned by whoever cut it.</param>
/// <param name="Hole">255 for each pixel that an unknown one has any part in, and beyond the picture, 0 for all others; row after row.</param>
/// <param name="Beyond">255 for each pixel whose centre lies beyond the picture, 0 for all others.</param>
internal sealed record CropView(PixelBuffer Pixels, byte[] Hole, byte[] Beyond) : IDisposable
{
    /// <summary>What stands in holes.</summary>
    public const byte Unknown = 128;

    // Red, green, blue, unknown.
    private const int Channels = 4;

    /// <summary>Cuts a part of a picture. What lies beyond its border is unknown.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="frame">The part; some of it lies in the picture.</param>
    /// <param name="size">Of the crop.</param>
    /// <param name="unknown">Pixels with any coverage of these are unknown.</param>
    public static CropView Cut(PixelBuffer picture, PixelRect frame, PixelSize size, IEnumerable<RegionMask> unknown)
    {
        var visible = frame.Intersect(picture.Bounds);
        var coverage = Coverage(visible, unknown);
        var (across, down) = Axes(frame, visible, size);
        var lines = new float[visible.Height * size.Width * Channels];
        for (var y = 0; y < visible.Height; y++)
        {
            var row = picture.Row(y + visible.Top).Slice(visible.Left * 3, visible.Width * 3);
            Across(row, coverage.AsSpan(y * visible.Width, visible.Width), across, lines.AsSpan(y * size.Width * Channels, size.Width * Channels));
        }

        var (pixels, hole, beyond) = (new PixelBuffer(size.Width, size.Height, PixelFormat.Rgb24), new byte[size.Width * size.Height], new byte[size.Width * size.Height]);
        var line = new float[size.Width * Channels];
        for (var y = 0; y < size.Height; y++)
        {
            Array.Clear(line);
            foreach (var (position, weight) in down[y])
            {
                var from = lines.AsSpan(position * line.Length, line.Length);
                for (var i = 0; i < line.Length; i++)
                {
                    line[i] += from[i] * weight;
                }
            }

            for (var x = 0; x < size.Width; x++)
            {
                beyond[(y * size.Width) + x] = across.IsBeyond(x) || down.IsBeyond(y) ? byte.MaxValue : (byte)0;
                line[(x * Channels) + 3] += beyond[(y * size.Width) + x];
            }

            Finish(line, MemoryMarshal.Cast<byte, Rgb>(pixels.Row(y)), hole.AsSpan(y * size.Width, size.Width));
        }

        return new CropView(pixels, hole, beyond);
    }

    /// <summary>The pixels of a crop that a mask has any part in: 255, all others 0. Beyond the picture's border its last pixels go on.</summary>
    public static byte[] Shape(PixelRect picture, PixelRect frame, PixelSize size, RegionMask mask)
    {
        var visible = frame.Intersect(picture);
        var coverage = Coverage(visible, [mask]);
        var (across, down) = Axes(frame, visible, size);
        var (wide, shape) = (new bool[visible.Height * size.Width], new byte[size.Width * size.Height]);
        for (var y = 0; y < visible.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                foreach (var (position, _) in across[x])
                {
                    wide[(y * size.Width) + x] |= coverage[(y * visible.Width) + position] != 0;
                }
            }
        }

        for (var y = 0; y < size.Height; y++)
        {
            foreach (var (position, _) in down[y])
            {
                for (var x = 0; x < size.Width; x++)
                {
                    shape[(y * size.Width) + x] |= wide[(position * size.Width) + x] ? byte.MaxValue : (byte)0;
                }
            }
        }

        return shape;
    }

    /// <summary>Draws a crop's picture, of any size, back to where it was cut.</summary>
    /// <param name="painted">What fills the frame.</param>
    /// <param name="frame">Where it was cut.</param>
    /// <param name="area">The pixels of the picture that <paramref name="target"/> stands for.</param>
    /// <param name="target">Every pixel is replaced.</param>
    public static void Paste(PixelBuffer painted, PixelRect frame, PixelRect area, PixelBuffer target)
    {
        var (scaleX, scaleY) = ((double)painted.Width / frame.Width, (double)painted.Height / frame.Height);
        var across = CropAxis.Create((area.Left - frame.Left) * scaleX, scaleX, area.Width, painted.Width, CropEnlarging.Cubic);
        var down = CropAxis.Create((area.Top - frame.Top) * scaleY, scaleY, area.Height, painted.Height, CropEnlarging.Cubic);
        var line = new float[painted.Width * 3];
        for (var y = 0; y < area.Height; y++)
        {
            Array.Clear(line);
            foreach (var (position, weight) in down[y])
            {
                var row = painted.Row(position);
                for (var i = 0; i < line.Length; i++)
                {
                    line[i] += row[i] * weight;
                }
            }

            var to = target.Row(y);
            for (var x = 0; x < area.Width; x++)
            {
                var (red, green, blue) = (0.5f, 0.5f, 0.5f);
                foreach (var (position, weight) in across[x])
                {
                    red += line[position * 3] * weight;
                    green += line[(position * 3) + 1] * weight;
                    blue += line[(position * 3) + 2] * weight;
                }

                (to[x * 3], to[(x * 3) + 1], to[(x * 3) + 2]) = (ToByte(red), ToByte(green), ToByte(blue));
            }
        }
    }

    /// <summary>Widens what is unknown in the picture by a disk, and wipes what falls into it.</summary>
    /// <param name="radius">Pixels of the crop.</param>
    public void Widen(int radius)
    {
        byte[] covered = [.. Hole.Zip(Beyond, static (hole, beyond) => (byte)(hole & ~beyond))];
        DiskDilation.Apply(covered, Pixels.Width, radius).CopyTo(covered, 0);
        var pixels = Pixels.Span;
        for (var i = 0; i < Hole.Length; i++)
        {
            Hole[i] |= covered[i];
            if (Hole[i] != 0)
            {
                pixels.Slice(i * 3, 3).Fill(Unknown);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();

    private static byte[] Coverage(PixelRect visible, IEnumerable<RegionMask> masks)
    {
        var coverage = new byte[visible.Width * visible.Height];
        foreach (var mask in masks)
        {
            mask.AddTo(coverage, visible);
        }

        return coverage;
    }

    private static (CropAxis Across, CropAxis Down) Axes(PixelRect frame, PixelRect visible, PixelSize size)
    {
        var (scaleX, scaleY) = ((double)frame.Width / size.Width, (double)frame.Height / size.Height);
        return (
            CropAxis.Create(frame.Left - visible.Left, scaleX, size.Width, visible.Width, CropEnlarging.Linear),
            CropAxis.Create(frame.Top - visible.Top, scaleY, size.Height, visible.Height, CropEnlarging.Linear));
    }

    private static void Across(ReadOnlySpan<byte> row, ReadOnlySpan<byte> coverage, CropAxis axis, Span<float> line)
    {
        for (var x = 0; x < axis.Length; x++)
        {
            var to = line.Slice(x * Channels, Channels);
            foreach (var (position, weight) in axis[x])
            {
                if (coverage[position] != 0)
                {
                    to[3] = 1;
                    continue;
                }

                to[0] += row[position * 3] * weight;
                to[1] += row[(position * 3) + 1] * weight;
                to[2] += row[(position * 3) + 2] * weight;
            }
        }
    }

    private static void Finish(ReadOnlySpan<float> line, Span<Rgb> pixels, Span<byte> hole)
    {
        for (var x = 0; x < pixels.Length; x++)
        {
            var known = line[(x * Channels) + 3] == 0;
            hole[x] = known ? (byte)0 : byte.MaxValue;
            pixels[x] = known
                ? new Rgb(ToByte(line[x * Channels] + 0.5f), ToByte(line[(x * Channels) + 1] + 0.5f), ToByte(line[(x * Channels) + 2] + 0.5f))
                : new Rgb(Unknown, Unknown, Unknown);
        }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value, 0, byte.MaxValue);
}
