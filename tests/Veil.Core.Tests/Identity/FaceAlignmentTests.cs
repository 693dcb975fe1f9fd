using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Tests.Identity;

public sealed class FaceAlignmentTests
{
    [Fact]
    public void Points_as_in_the_template_fit_at_any_place_size_and_turn() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte X, byte Y, byte Side, byte Turn)>(), place =>
        {
            var side = 20f + (place.Side * 4);
            var alignment = FaceAlignment.Of(PaintedFaces.Landmarks(place.X, place.Y, side, place.Turn / 40f))!;
            return Math.Abs(alignment.SourceSide - side) < side * 0.005f && alignment.Residual < 0.005f;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_turned_head_fits_worse_than_one_from_the_front()
    {
        var front = PaintedFaces.Landmarks(50, 50, 100);
        var turned = front with { Nose = front.Nose + new Vector2(25, 0) };

        Assert.True(FaceAlignment.Of(front)!.Residual < 0.01f);
        Assert.True(FaceAlignment.Of(turned)!.Residual > FaceReader.LargestResidual);
    }

    [Fact]
    public void A_mirrored_face_does_not_fit()
    {
        var face = PaintedFaces.Landmarks(50, 50, 100);
        var mirrored = new FaceLandmarks(face.RightEye, face.LeftEye, face.Nose, face.RightMouth, face.LeftMouth);

        Assert.True(FaceAlignment.Of(mirrored)!.Residual > FaceReader.LargestResidual);
    }

    [Fact]
    public void Points_on_one_spot_or_beyond_numbers_have_no_alignment()
    {
        var face = PaintedFaces.Landmarks(50, 50, 100);

        Assert.Null(FaceAlignment.Of(face.Map(_ => new Vector2(3, 4))));
        Assert.Null(FaceAlignment.Of(face.Map(_ => new Vector2(float.NaN, 4))));
        Assert.Null(FaceAlignment.Of(face with { Nose = new Vector2(float.PositiveInfinity, 0) }));
    }

    [Fact]
    public void An_upright_face_of_the_right_size_is_cut_out_as_it_is()
    {
        using var frame = Gradient(300, 300);
        using var face = FaceAlignment.Of(PaintedFaces.Landmarks(60, 70, 112))!.Cut(frame, out var inside);

        Assert.Equal(1, inside, 3);
        for (var y = 2; y < 110; y += 9)
        {
            for (var x = 2; x < 110; x += 9)
            {
                Assert.InRange(face.Row(y)[3 * x] - frame.Pixels.Row(y + 70)[3 * (x + 60)], -2, 2);
                Assert.InRange(face.Row(y)[(3 * x) + 1] - frame.Pixels.Row(y + 70)[(3 * (x + 60)) + 1], -2, 2);
            }
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(700)]
    public void Small_and_large_turned_faces_come_out_upright(int side)
    {
        // Red grows to the right and green downwards in the face's own directions.
        const float roll = 0.6f;
        using var frame = Gradient(1000, 1000, roll, 255f / 1000);
        using var face = FaceAlignment.Of(PaintedFaces.Landmarks(150, 150, side, roll))!.Cut(frame, out _);

        var step = side * 255f / 1000;
        Assert.InRange(face.Row(56)[3 * 100] - face.Row(56)[3 * 12], (step * 88 / 112) - 3, (step * 88 / 112) + 3);
        Assert.InRange(face.Row(100)[3 * 56] - face.Row(12)[3 * 56], -3, 3);
        Assert.InRange(face.Row(100)[(3 * 56) + 1] - face.Row(12)[(3 * 56) + 1], (step * 88 / 112) - 3, (step * 88 / 112) + 3);
    }

    [Fact]
    public void What_lies_outside_the_picture_is_black_and_counted()
    {
        using var frame = Gradient(200, 200);
        var alignment = FaceAlignment.Of(PaintedFaces.Landmarks(-50, 20, 100))!;
        using var face = alignment.Cut(frame, out var inside);
        using var nothing = FaceAlignment.Of(PaintedFaces.Landmarks(900, 900, 100))!.Cut(frame, out var none);

        Assert.InRange(inside, 0.48f, 0.52f);
        Assert.Equal(0, face.Row(50)[0]);
        Assert.Equal(0, none);
        Assert.All(nothing.Span.ToArray(), value => Assert.Equal(0, value));
    }

    private static Frame Gradient(int width, int height, float roll = 0, float slope = 0.8f)
    {
        var pixels = new PixelBuffer(width, height, PixelFormat.Rgb24);
        var (cos, sin) = (MathF.Cos(roll), MathF.Sin(roll));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (u, v) = (x - (width / 2f), y - (height / 2f));
                pixels.Row(y)[3 * x] = (byte)Math.Clamp(128 + (((u * cos) + (v * sin)) * slope), 0, 255);
                pixels.Row(y)[(3 * x) + 1] = (byte)Math.Clamp(128 + (((v * cos) - (u * sin)) * slope), 0, 255);
            }
        }

        return new Frame(pixels, 0, TimeSpan.Zero);
    }
}
