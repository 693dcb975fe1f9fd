using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

/// <summary>Drawn generated faces: an oval of one tone with darker eyes and mouth; who it is shows in the tone of a stripe on the forehead.</summary>
internal static class DrawnFaceBank
{
    public const int Side = 96;

    public static Box Place { get; } = new(24, 22, 72, 82);

    public static IReadOnlyList<GeneratedFace> Faces(int count) => [.. Enumerable.Range(0, count).Select(who => Face(who))];

    public static GeneratedFace Face(int who, int luma = 130, float turn = 0, int hair = 40)
    {
        var points = DrawnFace.In(Place).Map(point => point with { X = point.X + (turn * Turn(point)) });
        var face = new Region(Place, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)) { Points = points, Landmarks = points.ToLandmarks() };
        var picture = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (u, v) = ((x - 48) / 24f, (y - 52) / 34f);
                var tone = (u * u) + (v * v) < 1 ? luma + ((y is > 26 and < 32) ? (who % 8 * 4) - 16 : 0) : hair;
                tone = face.Landmarks!.LeftEye is var left && (Vector2.Distance(left, new(x, y)) < 4 || Vector2.Distance(face.Landmarks.RightEye, new(x, y)) < 4) ? tone / 2 : tone;
                Write(picture, x, y, tone);
            }
        }

        return new GeneratedFace((ulong)who, picture, face, () => picture);
    }

    /// <summary>A flat picture with a face in the midst: its tone, what is around it, and noise that does not change the mean.</summary>
    public static (PixelBuffer Picture, CoveredRegion Covered) Scene(int size, int tone, int around, int noise = 0, int seed = 1, bool grey = false)
    {
        var picture = new PixelBuffer(size, size, PixelFormat.Rgb24);
        var random = new Random(seed);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                picture.Row(y).Slice(3 * x, 3).Fill((byte)around);
            }
        }

        var covered = new RegionPolicy { Shape = RegionShape.Face }.Cover(DrawnFace.Region(new Box(size * 0.3f, size * 0.3f, size * 0.7f, size * 0.75f)), size, size)!;
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (covered.Mask[x, y] == 255)
                {
                    var value = tone + random.Next(-noise, noise + 1);
                    if (grey)
                    {
                        picture.Row(y).Slice(3 * x, 3).Fill((byte)value);
                    }
                    else
                    {
                        Write(picture, x, y, value);
                    }
                }
            }
        }

        return (picture, covered);
    }

    private static float Turn(Vector2 point) => 1 - (MathF.Abs(point.X - Place.CenterX) / (Place.Width / 2));

    private static void Write(PixelBuffer picture, int x, int y, int tone)
    {
        var pixel = picture.Row(y).Slice(3 * x, 3);
        (pixel[0], pixel[1], pixel[2]) = ((byte)Math.Clamp(tone * 1.2f, 0, 255), (byte)Math.Clamp(tone * 0.95f, 0, 255), (byte)Math.Clamp(tone * 0.78f, 0, 255));
    }
}
