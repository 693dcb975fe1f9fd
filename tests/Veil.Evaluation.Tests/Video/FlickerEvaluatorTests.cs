using System.Numerics;
using Veil.Evaluation.Video;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Tests.Video;

/// <summary>Clips of a drawn face whose place, size and look are known in every frame.</summary>
public sealed class FlickerEvaluatorTests
{
    private const int Width = 200;
    private const int Height = 160;
    private const int Length = 12;
    private const float Side = 70;

    /// <summary>Knows people by their colour.</summary>
    private static readonly FaceEmbed Embed = face =>
    {
        var sum = Vector3.Zero;
        for (var y = 40; y < 80; y++)
        {
            for (var x = 40; x < 80; x++)
            {
                sum += new Vector3(face.Row(y)[3 * x], face.Row(y)[(3 * x) + 1], face.Row(y)[(3 * x) + 2]) - new Vector3(128);
            }
        }

        // Light and texture are the same in all three.
        var grey = (sum.X + sum.Y + sum.Z) / 3;
        return FaceEmbedding.Of([sum.X - grey, sum.Y - grey, sum.Z - grey]);
    };

    [Fact]
    public void An_output_that_is_the_original_changes_as_much_and_does_not_shake()
    {
        var track = Measure(_ => new Look(1, default, 0), frame => new Look(1, default, 0));

        Assert.Equal(1, track.Ratio, 1e-6);
        Assert.InRange(track.Shake, 0, 0.002);
        Assert.Equal(Length - 1, track.Pairs);
        Assert.Equal((0, Length), (track.Identity!.UnlikeFirst, track.Identity.LikeOriginal));
    }

    [Fact]
    public void Movement_of_the_person_does_not_count()
    {
        // Boxes tremble by two pixels; the movement is found in the pixels all the same.
        var track = Measure(_ => new Look(1, default, 0), _ => new Look(2, default, 0));

        Assert.InRange(track.OriginalChange, 0, 1);
        Assert.InRange(track.OutputChange, 0, 1);
        Assert.InRange(track.Shake, 0, 0.004);
        Assert.Equal((0, 0), (track.Identity!.UnlikeFirst, track.Identity.LikeOriginal));
    }

    [Fact]
    public void A_face_that_shakes_is_found()
    {
        // To and fro by 1.4 pixels on the face's 70: 4 % from frame to frame.
        var track = Measure(_ => new Look(1, default, 0), frame => new Look(2, new Vector2(frame % 2 == 0 ? 1.4f : -1.4f, 0), 0));

        Assert.InRange(track.Shake, 0.036, 0.044);
        Assert.True(track.Ratio > 4, $"{track.Ratio}");
    }

    [Fact]
    public void A_face_that_becomes_lighter_and_darker_is_found()
    {
        var track = Measure(_ => new Look(1, default, 0), frame => new Look(2, default, frame % 2 == 0 ? 6 : -6));

        Assert.InRange(track.OutputChange, 11, 13);
        Assert.InRange(track.Shake, 0, 0.004);
    }

    [Fact]
    public void A_face_that_is_somebody_else_in_every_frame_is_found()
    {
        var track = Measure(_ => new Look(1, default, 0), frame => new Look(2 + (frame % 3), default, 0));

        Assert.True(track.Identity!.UnlikeFirst >= Length / 2);
        Assert.True(track.OutputChange > 5);
        Assert.Equal(0, track.Identity.OriginalUnlikeFirst);
    }

    [Fact]
    public void A_face_that_is_the_original_in_one_frame_is_found()
    {
        var track = Measure(_ => new Look(1, default, 0), frame => new Look(frame == 7 ? 1 : 3, default, 0));

        Assert.Equal(1, track.Identity!.LikeOriginal);
        Assert.InRange(track.LargestAt, 7, 8);
    }

    [Fact]
    public void Tracks_are_compared_with_each_other()
    {
        var evaluator = new FlickerEvaluator(Embed, 16, 1);
        for (var index = 0; index < 3; index++)
        {
            var face = Face(index, 0);
            using var before = Draw(index, face, new Look(1, default, 0));
            using var after = Draw(index, face, new Look(2, default, 0));
            evaluator.Add(before, after, [face, face with { Track = 5 }]);
        }

        Assert.Equal(1, evaluator.Report().MostAlikeTracks!.Value, 1e-4);
        Assert.Contains("\"mostAlikeTracks\"", evaluator.Report().ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Small_faces_and_faces_without_a_track_are_left_out()
    {
        var evaluator = new FlickerEvaluator(Embed, 100, 1);
        for (var index = 0; index < 3; index++)
        {
            using var frame = Draw(index, Face(index, 0), new Look(1, default, 0));
            evaluator.Add(frame, frame, [Face(index, 0), Face(index, 0) with { Track = null, Box = Box.FromSize(0, 0, 150, 150) }]);
        }

        Assert.Empty(evaluator.Report().Tracks);
    }

    private static TrackFlicker Measure(Func<int, Look> original, Func<int, Look> output)
    {
        var (evaluator, random) = (new FlickerEvaluator(Embed, 16, 1), new Random(2));
        for (var index = 0; index < Length; index++)
        {
            var face = Face(index, 0);
            using var before = Draw(index, face, original(index));
            using var after = Draw(index, face, output(index));
            evaluator.Add(before, after, [face with { Box = face.Box.Offset(random.Next(-2, 3), random.Next(-2, 3)) }]);
        }

        return Assert.Single(evaluator.Report().Tracks);
    }

    // It moves by fractions of a pixel and grows by 1 % a frame.
    private static Region Face(int index, float shift)
    {
        var side = Side * MathF.Pow(1.01f, index);
        var (x, y) = (80 + (2.3f * index) + shift, 80 + (0.7f * index));
        Vector2 At(float u, float v) => new(x + (u * side), y + (v * side));
        return new Region(new Box(x - (side / 2), y - (side / 2), x + (side / 2), y + (side / 2)), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector, "test"))
        {
            Track = 1,
            Landmarks = new FaceLandmarks(At(-0.16f, -0.04f), At(0.16f, -0.04f), At(0, 0.14f), At(-0.13f, 0.32f), At(0.13f, 0.32f)),
        };
    }

    private static Frame Draw(int index, Region face, Look look)
    {
        // Three people whose colours lie at right angles.
        var colour = (look.Person % 3) switch { 0 => new Vector3(40, -40, 0), 1 => new Vector3(40, 40, 0), _ => new Vector3(0, 0, 60) };
        var pixels = new PixelBuffer(Width, Height, PixelFormat.Rgb24);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (u, v) = ((x + 0.5f - face.Box.CenterX - look.Shift.X) / face.Box.Width, (y + 0.5f - face.Box.CenterY - look.Shift.Y) / face.Box.Height);
                var texture = 25 * (MathF.Sin((11 + look.Person) * u) + MathF.Cos((9 + (2 * look.Person)) * v) + MathF.Sin(15 * (u + v)));
                var (red, green, blue) = (128 + colour.X + texture + look.Light, 128 + colour.Y + texture + look.Light, 128 + colour.Z + texture + look.Light);
                (pixels.Row(y)[3 * x], pixels.Row(y)[(3 * x) + 1], pixels.Row(y)[(3 * x) + 2]) = (Byte(red), Byte(green), Byte(blue));
            }
        }

        return new Frame(pixels, index, TimeSpan.Zero);

        static byte Byte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
    }

    private readonly record struct Look(int Person, Vector2 Shift, float Light);
}
