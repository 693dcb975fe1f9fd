using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Anonymization.Faces;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>A head without background. Immutable: any number of threads draw it.</summary>
/// <param name="picture"><see cref="PixelFormat.Rgba32"/>, premultiplied; lives as long as this.</param>
/// <param name="face">Its five points.</param>
/// <param name="skin">Mean colour of its skin.</param>
/// <param name="hair">Mean colour of its hair.</param>
internal sealed class CutHead(PixelBuffer picture, FaceLandmarks face, Vector3 skin, Vector3 hair)
{
    /// <summary>Mean colour of its skin, 0..255.</summary>
    public Vector3 Skin => skin;

    /// <summary>Draws it; seen from behind, all of it is hair.</summary>
    /// <param name="layer">Where to, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="corner">The picture's coordinates of the layer's first pixel.</param>
    /// <param name="place">Where the head is in the picture.</param>
    /// <param name="light">What it stands in.</param>
    /// <param name="seed">Of the hair's strands.</param>
    public void Draw(PixelBuffer layer, (int X, int Y) corner, HeadPlace place, in SceneLight light, ulong seed)
    {
        var to = Similarity.Fit([.. face.Points], [.. place.Face().Points]) * Matrix3x2.CreateTranslation(-corner.X, -corner.Y);
        var scale = Similarity.Scale(to);
        var (width, height) = (Math.Max(1, (int)MathF.Round(picture.Width * scale)), Math.Max(1, (int)MathF.Round(picture.Height * scale)));
        using var reduced = scale < 1 ? new PixelBuffer(width, height, PixelFormat.Rgba32) : null;
        if (reduced is not null)
        {
            Resampler.Apply(picture.Span, picture.Stride, picture.Width, picture.Height, reduced.Span, reduced.Stride, width, height, 4, Resampling.Area);
            to = Matrix3x2.CreateScale(picture.Width / (float)width, picture.Height / (float)height) * to;
        }

        if (Matrix3x2.Invert(to, out var from))
        {
            Lay(reduced ?? picture, to, from, layer, place, light, new Cloth(seed));
        }
    }

    private void Lay(PixelBuffer source, Matrix3x2 to, Matrix3x2 from, PixelBuffer layer, HeadPlace place, in SceneLight light, Cloth strands)
    {
        Vector2[] corners = [Vector2.Zero, new(source.Width, 0), new(0, source.Height), new(source.Width, source.Height)];
        var area = Box.Around([.. corners.Select(point => Vector2.Transform(point, to))]).ToPixels().Intersect(layer.Bounds);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = MemoryMarshal.Cast<byte, Rgb>(layer.Row(y));
            for (var x = area.Left; x < area.Right; x++)
            {
                var at = Vector2.Transform(new Vector2(x + 0.5f, y + 0.5f), from) - new Vector2(0.5f);
                var own = At(source, at);
                if (own.W < 1)
                {
                    continue;
                }

                if (place.FromBehind)
                {
                    var strand = 0.9f + (0.22f * strands.At(x * 9 / place.Size, y * 2.5f / place.Size)) - (0.25f * Math.Abs((at.X / source.Width) - 0.5f));
                    own = new Vector4(hair * (strand * own.W / byte.MaxValue), own.W);
                }

                ref var pixel = ref row[x];
                var mixed = (new Vector3(own.X, own.Y, own.Z) * light.Gain) + (new Vector3(pixel.R, pixel.G, pixel.B) * (1 - (own.W / byte.MaxValue))) + new Vector3(0.5f);
                mixed = Vector3.Clamp(mixed, Vector3.Zero, new Vector3(byte.MaxValue));
                pixel = new Rgb((byte)mixed.X, (byte)mixed.Y, (byte)mixed.Z);
            }
        }
    }

    /// <summary>Between the middles of pixels; nothing outside.</summary>
    private static Vector4 At(PixelBuffer source, Vector2 at)
    {
        var (left, top) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y));
        var (right, low) = (at.X - left, at.Y - top);
        return Vector4.Lerp(
            Vector4.Lerp(Pixel(source, left, top), Pixel(source, left + 1, top), right), Vector4.Lerp(Pixel(source, left, top + 1), Pixel(source, left + 1, top + 1), right), low);
    }

    private static Vector4 Pixel(PixelBuffer source, int x, int y)
    {
        if (x < 0 || y < 0 || x >= source.Width || y >= source.Height)
        {
            return Vector4.Zero;
        }

        var pixel = source.Row(y).Slice(x * 4, 4);
        return new Vector4(pixel[0], pixel[1], pixel[2], pixel[3]);
    }
}
