using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Tests.Identity;

/// <summary>
/// Squares of colour that stand for faces: five points lie in each as in a face seen from the front, and the network of
/// these tests knows people by their colour.
/// </summary>
internal static class PaintedFaces
{
    public const int Width = 400;
    public const int Height = 200;
    public static readonly Rgb Anna = new(250, 128, 128);
    public static readonly Rgb Ben = new(128, 250, 128);
    public static readonly Rgb Stranger = new(128, 128, 250);

    // Half-way between Anna and a stranger: cosine .63 to Anna.
    public static readonly Rgb Doubtful = new(185, 128, 198);

    private static readonly Vector2[] Points = [new(38.8f, 52.2f), new(74f, 52f), new(56.5f, 72.2f), new(42f, 92.9f), new(71.2f, 92.7f)];

    public static FaceEmbed Embed { get; } = face =>
    {
        var sum = Vector3.Zero;
        for (var i = 0; i < face.Width; i++)
        {
            var pixel = face.Row(i).Slice(3 * i, 3);
            sum += new Vector3(pixel[0], pixel[1], pixel[2]) - new Vector3(128);
        }

        return FaceEmbedding.Of([sum.X, sum.Y, sum.Z]);
    };

    public static FaceEmbedding Of(Rgb colour) => FaceEmbedding.Of([colour.R - 128, colour.G - 128, colour.B - 128])!;

    /// <summary>The five points of a face whose aligned square is given.</summary>
    public static FaceLandmarks Landmarks(float left, float top, float side, float roll = 0)
    {
        var turn = Matrix3x2.CreateTranslation(-56, -56) * Matrix3x2.CreateRotation(roll) * Matrix3x2.CreateScale(side / 112)
            * Matrix3x2.CreateTranslation(left + (side / 2), top + (side / 2));
        var points = Points.Select(point => Vector2.Transform(point, turn)).ToArray();
        return new FaceLandmarks(points[0], points[1], points[2], points[3], points[4]);
    }

    public static Region Region(float left, float top, float side = 80) =>
        new(Box.FromSize(left, top, side, side), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector, "test")) { Landmarks = Landmarks(left, top, side) };

    /// <summary>A grey picture with coloured squares, all slightly noisy: a flat one would count as blurred.</summary>
    public static Frame Frame(params (Region Region, Rgb Colour)[] faces)
    {
        var random = new Random(1);
        var pixels = new PixelBuffer(Width, Height, PixelFormat.Rgb24);
        for (var y = 0; y < Height; y++)
        {
            var row = pixels.Row(y);
            MemoryMarshal.Cast<byte, Rgb>(row).Fill(new Rgb(128, 128, 128));
            foreach (var (region, colour) in faces)
            {
                if (y >= region.Box.Top && y < region.Box.Bottom)
                {
                    var (left, right) = (Math.Max(0, (int)region.Box.Left), (int)region.Box.Right);
                    MemoryMarshal.Cast<byte, Rgb>(row)[left..right].Fill(colour);
                }
            }

            for (var x = 0; x < row.Length; x += 3)
            {
                var noise = random.Next(-5, 6);
                (row[x], row[x + 1], row[x + 2]) = ((byte)(row[x] + noise), (byte)(row[x + 1] + noise), (byte)(row[x + 2] + noise));
            }
        }

        return new Frame(pixels, 0, TimeSpan.Zero);
    }
}
