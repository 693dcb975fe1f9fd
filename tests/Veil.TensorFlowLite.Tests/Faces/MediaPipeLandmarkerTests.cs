using System.Numerics;
using Veil.Detection;
using Veil.Imaging;
using Veil.Regions;
using Veil.TensorFlowLite.Faces;

namespace Veil.TensorFlowLite.Tests.Faces;

/// <summary>On the four generated people of the documentation; where their eyes and mouths are was read off the picture.</summary>
public sealed class MediaPipeLandmarkerTests : IDisposable
{
    /// <summary>Box and the five points of each, pixels of four-people.jpg.</summary>
    private static readonly Region[] People =
    [
        Person(new Box(47, 46, 175, 223), 88, 111, 148, 109, 120, 172),
        Person(new Box(297, 46, 430, 221), 330, 106, 394, 108, 360, 170),
        Person(new Box(526, 39, 664, 233), 564, 107, 632, 106, 599, 176),
        Person(new Box(772, 40, 899, 224), 809, 108, 869, 109, 839, 171),
    ];

    private readonly IFaceLandmarker _landmarker = MediaPipeLandmarker.Describe(_ => Models.Bundle).Create();

    public void Dispose() => _landmarker.Dispose();

    [Fact]
    public void Points_lie_on_the_faces()
    {
        using var picture = FourPeople.Load();
        foreach (var person in People)
        {
            var points = _landmarker.Locate(picture, person);
            Assert.NotNull(points);
            Assert.True(points.Fits(person));
            var (known, expected) = (points.ToLandmarks(), person.Landmarks!);
            Assert.True(Vector2.Distance(known.LeftEye, expected.LeftEye) < 12, $"{known.LeftEye} {expected.LeftEye}");
            Assert.True(Vector2.Distance(known.RightEye, expected.RightEye) < 12, $"{known.RightEye} {expected.RightEye}");
            Assert.True(Vector2.Distance((known.LeftMouth + known.RightMouth) / 2, (expected.LeftMouth + expected.RightMouth) / 2) < 14);
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(130)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_turned_head_is_seen_the_right_way_up_without_any_points_of_a_detector(int degrees)
    {
        using var picture = FourPeople.Load();
        var center = new Vector2(111, 134);
        using var turned = Turn(picture, center, degrees * MathF.PI / 180);
        var rotation = Matrix3x2.CreateRotation(degrees * MathF.PI / 180);
        var expected = _landmarker.Locate(picture, People[0])!.ToLandmarks().Map(point => Vector2.Transform(point - center, rotation) + center);
        var found = _landmarker.Locate(turned, People[0] with { Box = new Box(23, 46, 199, 222), Landmarks = null })!.ToLandmarks();
        Assert.True(Vector2.Distance(found.LeftEye, expected.LeftEye) < 8, $"{found.LeftEye} {expected.LeftEye}");
        Assert.True(Vector2.Distance(found.RightEye, expected.RightEye) < 8, $"{found.RightEye} {expected.RightEye}");
    }

    [Fact]
    public void A_face_over_the_border_keeps_its_points()
    {
        using var picture = FourPeople.Load();
        using var cut = picture.View(new PixelRect(80, 40, 240, 240)).Clone();
        var person = People[0] with { Box = People[0].Box.Offset(-80, -40), Landmarks = People[0].Landmarks!.Map(point => point - new Vector2(80, 40)) };
        var points = _landmarker.Locate(cut, person);
        Assert.NotNull(points);
        Assert.True(points.ToLandmarks().LeftEye.X is > 0 and < 30);
    }

    [Fact]
    public void Grey_faces_are_faces()
    {
        using var picture = FourPeople.Load();
        for (var y = 0; y < picture.Height; y++)
        {
            foreach (var pixel in picture.Row(y).ToArray().Chunk(3).Select((values, x) => (Values: values, X: x)))
            {
                picture.Row(y).Slice(pixel.X * 3, 3).Fill(pixel.Values[1]);
            }
        }

        Assert.All(People, person => Assert.NotNull(_landmarker.Locate(picture, person)));
    }

    [Fact]
    public void Where_nobody_is_there_are_no_points()
    {
        using var picture = new PixelBuffer(300, 300, PixelFormat.Rgb24);
        Assert.Null(_landmarker.Locate(picture, People[0]));
        picture.Span.Fill(180);
        Assert.Null(_landmarker.Locate(picture, People[0] with { Landmarks = null }));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    [InlineData(200, 2)]
    public void Pictures_of_any_size_are_looked_at(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        foreach (var box in new[] { new Box(0, 0, width, height), new Box(-5, -5, 1, 1), new Box(0.2f, 0.2f, 0.4f, 0.3f), new Box(-4000, -4000, 4000, 4000) })
        {
            Assert.Null(_landmarker.Locate(picture, People[0] with { Box = box, Landmarks = null }));
        }
    }

    [Fact]
    public void Only_what_it_says_is_read()
    {
        using var picture = FourPeople.Load();
        var reads = _landmarker.Reads(People[1]);
        using var alone = new PixelBuffer(picture.Width, picture.Height, PixelFormat.Rgb24);
        var seen = reads.Intersect(picture.Bounds);
        picture.View(seen).CopyTo(alone.View(seen));
        Assert.Equal(_landmarker.Locate(picture, People[1])!.Points, _landmarker.Locate(alone, People[1])!.Points.AsEnumerable());
    }

    [Fact]
    public void Another_pixel_format_is_a_mistake()
    {
        using var picture = new PixelBuffer(9, 9, PixelFormat.Gray8);
        Assert.Throws<ArgumentException>(() => _landmarker.Locate(picture, People[0]));
    }

    private static Region Person(Box box, float leftX, float leftY, float rightX, float rightY, float mouthX, float mouthY) =>
        new(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Annotation))
        {
            Landmarks = new FaceLandmarks(
                new Vector2(leftX, leftY), new Vector2(rightX, rightY), new Vector2(mouthX, (leftY + mouthY) / 2),
                new Vector2(mouthX - 20, mouthY), new Vector2(mouthX + 20, mouthY)),
        };

    private static PixelBuffer Turn(PixelBuffer source, Vector2 center, float angle)
    {
        var turned = new PixelBuffer(240, 240, PixelFormat.Rgb24);
        var back = Matrix3x2.CreateRotation(-angle);
        for (var y = 0; y < turned.Height; y++)
        {
            for (var x = 0; x < turned.Width; x++)
            {
                var from = Vector2.Transform(new Vector2(x + 0.5f, y + 0.5f) - center, back) + center;
                var (column, row) = (Math.Clamp((int)from.X, 0, 239), Math.Clamp((int)from.Y, 0, 239));
                source.Row(row).Slice(column * 3, 3).CopyTo(turned.Row(y).Slice(x * 3, 3));
            }
        }

        return turned;
    }
}
