using System.Numerics;
using Veil.Imaging;

namespace Veil.Anonymization;

/// <summary>
/// A picture to lay over regions at any size and angle: premultiplied RGBA, halved again and again, so that a large
/// picture shrunk to a small face stays smooth. Immutable and thread-safe.
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
            var from = picture.Row(y);
            var to = level.Pixels.AsSpan(y * from.Length, from.Length);
            for (var i = 0; i < from.Length; i += Channels)
            {
                int alpha = from[i + 3];
                (to[i], to[i + 1], to[i + 2], to[i + 3]) =
                    (Premultiply(from[i], alpha), Premultiply(from[i + 1], alpha), Premultiply(from[i + 2], alpha), (byte)alpha);
            }
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
        var index = Math.Clamp((int)MathF.Round(MathF.Log2(Math.Max(1, step))), 0, _levels.Length - 1);
        var level = _levels[index];
        var scaled = toSticker * Matrix3x2.CreateScale((float)level.Width / Width, (float)level.Height / Height);
        for (var y = 0; y < target.Height; y++)
        {
            var row = target.Row(y);
            for (var x = 0; x < target.Width; x++)
            {
                var point = Vector2.Transform(new Vector2(x + 0.5f, y + 0.5f), scaled) - new Vector2(0.5f);
                if (point.X > -1 && point.Y > -1 && point.X < level.Width && point.Y < level.Height)
                {
                    Over(row.Slice(x * 3, 3), Sample(level, point));
                }
            }
        }
    }

    /// <summary>Bilinear; beside the picture everything is transparent.</summary>
    private static Vector4 Sample(Level level, Vector2 point)
    {
        var (left, top) = ((int)MathF.Floor(point.X), (int)MathF.Floor(point.Y));
        var (fx, fy) = (point.X - left, point.Y - top);
        return Vector4.Lerp(
            Vector4.Lerp(At(level, left, top), At(level, left + 1, top), fx),
            Vector4.Lerp(At(level, left, top + 1), At(level, left + 1, top + 1), fx),
            fy);
    }

    private static Vector4 At(Level level, int x, int y)
    {
        if ((uint)x >= (uint)level.Width || (uint)y >= (uint)level.Height)
        {
            return Vector4.Zero;
        }

        var pixel = level.Pixels.AsSpan(((y * level.Width) + x) * Channels, Channels);
        return new Vector4(pixel[0], pixel[1], pixel[2], pixel[3]);
    }

    private static void Over(Span<byte> pixel, Vector4 premultiplied)
    {
        var rest = 1 - (premultiplied.W / byte.MaxValue);
        for (var c = 0; c < pixel.Length; c++)
        {
            pixel[c] = (byte)Math.Clamp(premultiplied[c] + (pixel[c] * rest) + 0.5f, 0, byte.MaxValue);
        }
    }

    private static byte Premultiply(int value, int alpha) => (byte)(((value * alpha) + (byte.MaxValue / 2)) / byte.MaxValue);

    private static Level Halve(Level level)
    {
        var (width, height) = ((level.Width + 1) / 2, (level.Height + 1) / 2);
        var half = new Level(new byte[width * height * Channels], width, height);
        for (var y = 0; y < height; y++)
        {
            var (above, below) = (2 * y, Math.Min((2 * y) + 1, level.Height - 1));
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (2 * x, Math.Min((2 * x) + 1, level.Width - 1));
                var mean = (At(level, left, above) + At(level, right, above) + At(level, left, below) + At(level, right, below)) / 4;
                for (var c = 0; c < Channels; c++)
                {
                    half.Pixels[(((y * width) + x) * Channels) + c] = (byte)(mean[c] + 0.5f);
                }
            }
        }

        return half;
    }
}
