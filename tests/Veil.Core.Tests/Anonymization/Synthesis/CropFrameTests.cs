using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

/// <summary>Against examples worked out by hand from DeepPrivacy2's description.</summary>
public sealed class CropFrameTests
{
    private static readonly PixelSize Face = new(128, 128);
    private static readonly PixelSize Body = new(160, 288);
    private static readonly PixelSize Large = new(1000, 1000);

    public static TheoryData<Box, PixelRect> Faces => new()
    {
        { new(10.5f, 20.25f, 50.5f, 80.25f), new(-21, -1, 81, 101) },
        { new(0, 0, 7, 5), new(-2, -3, 8, 7) },

        // Half of 1.7 pixels is none: one, and more since the pixel itself would leave no rim.
        { new(100, 100, 101, 101), new(97, 97, 103, 103) },
        { new(-30, 5, 10, 25), new(-44, -19, 24, 49) },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public void A_face_is_seen_in_a_square_of_1_7_times_its_longer_side(Box found, PixelRect expected) =>
        Assert.Equal(expected, CropFrame.OfFace(found, new PixelRect((int)found.CenterX, (int)found.CenterY, (int)found.CenterX + 1, (int)found.CenterY + 1), Face));

    [Fact]
    public void What_is_covered_beyond_the_square_makes_it_larger_by_a_rim() =>
        Assert.Equal(new PixelRect(-9, -9, 69, 69), CropFrame.OfFace(new Box(10, 10, 50, 50), new PixelRect(-5, 0, 65, 60), Face));

    [Fact]
    public void A_generator_of_high_crops_sees_more_above_and_below() =>
        Assert.Equal(new PixelRect(-4, -31, 64, 91), CropFrame.OfFace(new Box(10, 10, 50, 50), new PixelRect(10, 10, 50, 50), Body));

    public static TheoryData<Box, int, PixelRect> Bodies => new()
    {
        // A tenth of √(50·100) is 7; 107 rows take 59 columns; half of the box is background.
        { new(400, 300, 450, 400), 2500, new(396, 297, 455, 404) },

        // The same at the left border, and at the lower right one.
        { new(0, 300, 50, 400), 2500, new(0, 297, 59, 404) },
        { new(950, 900, 1000, 1000), 2500, new(941, 893, 1000, 1000) },

        // All of the box is body: 5000 / 0.7 pixels are wanted, in the proportions that there are.
        { new(400, 300, 450, 400), 5000, new(394, 294, 457, 408) },

        // Wider than high, with fractions: 43 columns take 77 rows.
        { new(100.2f, 100.9f, 139.5f, 129.1f), 300, new(99, 77, 142, 154) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_is_seen_with_its_background_in_the_proportions_of_the_crop(Box found, int pixels, PixelRect expected) =>
        Assert.Equal(expected, CropFrame.OfBody(found, pixels, found.ToPixels().Intersect(new PixelRect(0, 0, 1000, 1000)), Body, Large));

    [Fact]
    public void A_body_that_fills_the_picture_is_seen_beyond_its_borders() =>
        Assert.Equal(new PixelRect(0, -21, 40, 51), CropFrame.OfBody(new Box(0, 0, 40, 30), 100, new PixelRect(0, 0, 40, 30), Body, new PixelSize(40, 30)));

    [Fact]
    public void All_that_is_covered_lies_in_the_frame_whatever_the_box()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var found = Box.FromSize(random.Next(-300, 300) + random.NextSingle(), random.Next(-300, 300), 0.5f + random.Next(200), 0.5f + random.Next(300));
            var covered = found.Grow(random.NextSingle()).ToPixels().Intersect(new PixelRect(0, 0, 211, 97));
            if (covered.IsEmpty)
            {
                continue;
            }

            var face = CropFrame.OfFace(found, covered, Face);
            var body = CropFrame.OfBody(found, random.Next((int)found.Area + 1), covered, Body, new PixelSize(211, 97));
            Assert.Equal(covered, covered.Intersect(face));
            Assert.Equal(covered, covered.Intersect(body));
            Assert.Equal(face.Width, face.Height);
            Assert.InRange(body.Height / (double)body.Width, 1.8 - (8.0 / body.Width), 1.8 + (8.0 / body.Width));
        }
    }
}
