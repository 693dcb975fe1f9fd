using System.Numerics;
using Veil.Identity;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Tests.Verification;

/// <summary>Pictures with patterns that stand for faces, what finds them, and what tells them apart: so that each check meets exactly what it is about.</summary>
internal static class DrawnPeople
{
    public const int Columns = 240;
    public const int Rows = 160;
    public const int Side = 56;

    public static readonly Box[] Places = [Box.FromSize(20, 40, Side, Side), Box.FromSize(150, 50, Side, Side)];

    /// <summary>A picture with a face at each place.</summary>
    public static PixelBuffer Draw(int shift = 0)
    {
        var pixels = new PixelBuffer(Columns, Rows, PixelFormat.Rgb24);
        var ground = new Random(3);
        for (var y = 0; y < Rows; y++)
        {
            var row = pixels.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)(90 + ground.Next(30) + shift);
            }
        }

        for (var person = 0; person < Places.Length; person++)
        {
            DrawFace(pixels, Places[person], person, 1);
        }

        return pixels;
    }

    /// <summary>The pattern of a person; less contrast is another picture of the same.</summary>
    public static void DrawFace(PixelBuffer pixels, Box place, int person, double contrast, int noise = 0)
    {
        var random = new Random(7);
        for (var y = (int)place.Top; y < (int)place.Bottom; y++)
        {
            for (var x = (int)place.Left; x < (int)place.Right; x++)
            {
                var (u, v) = ((int)(x - place.Left) / 8, (int)(y - place.Top) / 8);
                var value = 128 + (contrast * Sign(u, v, person) * 80) + random.Next(-noise, noise + 1);
                pixels.Row(y).Slice(3 * x, 3).Fill((byte)Math.Clamp(value, 0, 255));
            }
        }
    }

    public static void Cover(PixelBuffer pixels, Box place)
    {
        for (var y = (int)place.Top; y < (int)place.Bottom; y++)
        {
            pixels.Row(y)[(3 * (int)place.Left)..(3 * (int)place.Right)].Fill(30);
        }
    }

    /// <summary>Finds the faces that are drawn, with points that align them.</summary>
    public static IReadOnlyList<Region> Find(PixelBuffer pixels) => [.. Places.Where((place, person) => Strength(pixels, place, person) > 0.5).Select(FaceAt)];

    public static Region FaceAt(Box place) => new(place, RegionKind.Face, 0.95f, new RegionOrigin(RegionSource.Detector, "drawn"))
    {
        Landmarks = new FaceLandmarks(Point(0.346f, 0.466f), Point(0.661f, 0.464f), Point(0.505f, 0.645f), Point(0.375f, 0.829f), Point(0.636f, 0.828f)).Map(point => new Vector2(place.Left, place.Top) + (point * Side)),
    };

    /// <summary>A network: sixteen means of the aligned face, less their own mean.</summary>
    public static FaceEmbedding? Embed(PixelBuffer aligned)
    {
        var means = new float[49];
        for (var y = 0; y < aligned.Height; y++)
        {
            for (var x = 0; x < aligned.Width; x++)
            {
                means[(y / 16 * 7) + (x / 16)] += aligned.Row(y)[3 * x];
            }
        }

        var mean = means.Average();
        return FaceEmbedding.Of([.. means.Select(value => value - mean)]);
    }

    private static Vector2 Point(float x, float y) => new(x, y);

    private static int Sign(int u, int v, int person) => (((u * 31) + (v * 17) + (u * v * 7) + (person * 13)) % 5) < 2 ? 1 : -1;

    private static double Strength(PixelBuffer pixels, Box place, int person)
    {
        var (sum, count) = (0.0, 0);
        for (var y = (int)place.Top; y < (int)place.Bottom; y += 3)
        {
            for (var x = (int)place.Left; x < (int)place.Right; x += 3)
            {
                sum += (pixels.Row(y)[3 * x] - 128) * Sign((int)(x - place.Left) / 8, (int)(y - place.Top) / 8, person) / 80.0;
                count++;
            }
        }

        return sum / count;
    }

    /// <summary>Says where drawn faces are.</summary>
    public sealed class Provider : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => DrawnPeople.Find(frame.Pixels);

        public void Dispose()
        {
        }
    }
}
