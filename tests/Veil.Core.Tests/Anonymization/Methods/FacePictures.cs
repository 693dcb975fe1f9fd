using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Methods;

/// <summary>Pictures with squares for faces: who it is shows in the quarter of the face that is bright.</summary>
internal static class FacePictures
{
    private static readonly (float X, float Y)[] Spots = [(0.36f, 0.36f), (0.64f, 0.36f), (0.36f, 0.64f), (0.64f, 0.64f)];

    public static PixelBuffer Plain(int width, int height)
    {
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            picture.Row(y).Fill((byte)(100 + (y % 3)));
        }

        return picture;
    }

    public static CoveredRegion Cover(Box box, PixelBuffer picture) =>
        new RegionPolicy().Cover(Face(box), picture.Width, picture.Height)!;

    public static Region Face(Box box) => new(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand))
    {
        Landmarks = new FaceLandmarks(At(0.3f, 0.4f), At(0.7f, 0.4f), At(0.5f, 0.6f), At(0.35f, 0.8f), At(0.65f, 0.8f)).Map(point => new Vector2(box.Left, box.Top) + (point * new Vector2(box.Width, box.Height))),
    };

    public static void Mark(PixelBuffer picture, Box box, int who)
    {
        var spot = Spot(box, who);
        for (var y = (int)spot.Top; y < spot.Bottom; y++)
        {
            picture.Row(y).Slice((int)spot.Left * 3, (int)spot.Width * 3).Fill(230);
        }
    }

    public static int Who(PixelBuffer picture, Box box) => Enumerable.Range(0, Spots.Length).MaxBy(who =>
    {
        var spot = Spot(box, who);
        return Enumerable.Range((int)spot.Top, (int)spot.Height).Sum(y => picture.Row(y).Slice((int)spot.Left * 3, (int)spot.Width * 3).ToArray().Sum(value => value));
    });

    private static Box Spot(Box box, int who)
    {
        var (x, y) = Spots[who];
        return Box.FromSize((int)(box.Left + (x * box.Width)) - 3, (int)(box.Top + (y * box.Height)) - 3, 6, 6);
    }

    private static Vector2 At(float x, float y) => new(x, y);
}
