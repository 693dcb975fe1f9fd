using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization;

/// <summary>
/// A picture to lay over regions at any size and angle: straight RGBA, halved again and again, so that a large picture
/// shrunk to a small face stays smooth. Immutable and thread-safe.
/// </summary>
internal sealed class Sticker
{
    private const int Channels = 4;
    private readonly Level[] _levels;

    private Sticker(Level[] levels) => _levels = levels;

    private sealed record Level(byte[] Pixels, int Width, int Height);

    /// <summary>Columns of the picture.</summary>
    public int Width => _levels[0].Width;

    /// <summary>Rows of the picture.</summary>
    public int Height => _levels[0].Height;

    /// <summary>Copies a picture.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgba32"/>, straight alpha.</param>
    /// <exception cref="ArgumentException">Another format.</exception>
    public static Sticker Copy(PixelBuffer picture)
    {
        if (picture.Format != PixelFormat.Rgba32)
        {
            throw new ArgumentException($"Expected a sticker in {PixelFormat.Rgba32}, but received {picture.Format}.", nameof(picture));
        }

        var level = new Level(new byte[picture.Width * picture.Height * Channels], picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Row(y).CopyTo(level.Pixels.AsSpan(y * picture.Width * Channels));
        }

        var levels = new List<Level> { level };
        while (level.Width > 1 || level.Height > 1)
        {
            levels.Add(level = Halve(level));
        }

        return new Sticker([.. levels]);
    }

    /// <summary>Lays the picture over what is drawn already; nothing changes beside it.</summary>
    /// <param name="target"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="toSticker">From target coordinates to those of the sticker, both pixel edges.</param>
    public void Draw(PixelBuffer target, Matrix3x2 toSticker)
    {
        var step = Math.Max(new Vector2(toSticker.M11, toSticker.M12).Length(), new Vector2(toSticker.M21, toSticker.M22).Length());
        var level = _levels[(int)Math.Clamp(MathF.Round(MathF.Log2(Math.Max(1, step))), 0, _levels.Length - 1)];
        toSticker *= Matrix3x2.CreateScale((float)level.Width / Width, (float)level.Height / Height);
        using var drawn = new PixelBuffer(target.Width, target.Height, PixelFormat.Rgba32);
        AffineWarp.Apply(level.Pixels, level.Width * Channels, level.Width, level.Height, drawn.Span, drawn.Stride, drawn.Width, drawn.Height, toSticker);
        for (var y = 0; y < target.Height; y++)
        {
            Over(MemoryMarshal.Cast<byte, Rgb>(target.Row(y)), drawn.Row(y));
        }
    }

    private static void Over(Span<Rgb> row, ReadOnlySpan<byte> drawn)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var pixel = drawn.Slice(x * Channels, Channels);
            row[x] = new Rgb(Mix(row[x].R, pixel[0], pixel[3]), Mix(row[x].G, pixel[1], pixel[3]), Mix(row[x].B, pixel[2], pixel[3]));
        }
    }

    private static byte Mix(int below, int above, int alpha) =>
        (byte)(((below * (byte.MaxValue - alpha)) + (above * alpha) + (byte.MaxValue / 2)) / byte.MaxValue);

    /// <summary>Half the size: means of 2×2 pixels, colours weighted by alpha; odd borders count twice.</summary>
    private static Level Halve(Level level)
    {
        var (width, height) = ((level.Width + 1) / 2, (level.Height + 1) / 2);
        var half = new byte[width * height * Channels];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = default(Vector4);
                for (var i = 0; i < 4; i++)
                {
                    var (column, row) = (Math.Min((2 * x) + (i & 1), level.Width - 1), Math.Min((2 * y) + (i >> 1), level.Height - 1));
                    var pixel = level.Pixels.AsSpan(((row * level.Width) + column) * Channels, Channels);
                    sum += new Vector4(pixel[0] * pixel[3], pixel[1] * pixel[3], pixel[2] * pixel[3], pixel[3]);
                }

                var colour = sum / Math.Max(sum.W, 1);
                var to = half.AsSpan(((y * width) + x) * Channels, Channels);
                (to[0], to[1], to[2], to[3]) = ((byte)(colour.X + 0.5f), (byte)(colour.Y + 0.5f), (byte)(colour.Z + 0.5f), (byte)((sum.W / 4) + 0.5f));
            }
        }

        return new Level(half, width, height);
    }
}
