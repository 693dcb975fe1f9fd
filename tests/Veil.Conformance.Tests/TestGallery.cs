using System.Numerics;
using Veil.Anonymization;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Conformance.Tests;

/// <summary>Drawn faces, the same on every machine: an oval of one tone, darker eyes and mouth, a background of its own.</summary>
public static class TestGallery
{
    private const int Side = 90;

    public static IEnumerable<GalleryPhoto> Read(int people)
    {
        for (var i = 0; i < people; i++)
        {
            yield return Draw(i);
        }
    }

    public static GalleryPhoto Draw(int who)
    {
        var picture = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        var turn = (who % 5) - 2;
        FaceLandmarks points = new(new Vector2(33 + turn, 40), new Vector2(57 + turn, 40), new Vector2(45 + (3 * turn), 52), new Vector2(36 + turn, 64), new Vector2(54 + turn, 64));
        for (var y = 0; y < Side; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < Side; x++)
            {
                var (u, v) = ((x - 45) / 26f, (y - 50) / 34f);
                var dark = new[] { points.LeftEye, points.RightEye, points.LeftMouth, points.RightMouth }.Any(point => Vector2.Distance(point, new Vector2(x, y)) < 4 + (who % 3));
                var tone = dark ? 40 : (u * u) + (v * v) < 1 ? 110 + (7 * who) : 30 + (who * 11 % 60) + x;
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)Math.Min(255, tone + 20), (byte)Math.Min(255, tone), (byte)Math.Max(0, tone - 25));
            }
        }

        return new GalleryPhoto($"face {who}", picture, new Region(new Box(17, 14, 73, 86), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)) { Landmarks = points, Person = who });
    }
}
