namespace Veil.Imaging.Tests;

public sealed class OrientationTests
{
    [Fact]
    public void All_eight_orientations_come_out_upright()
    {
        var file = Pictures.Encode(PictureFormat.Jpeg, 67, 41, PixelFormat.Rgb24);
        using var stored = Picture.Decode(file);
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            using var upright = Picture.Decode(Exif.WithOrientation(file, orientation));
            using var expected = Turn(stored.Frame(0), orientation);
            Assert.Equal(0, Pictures.LargestDifference(expected, upright.Frame(0)));
            Assert.Equal((expected.Width, expected.Height), (upright.Info.Width, upright.Info.Height));
            Assert.Equal(upright.Info, Picture.Identify(Exif.WithOrientation(file, orientation)));

            // Written upright, so that reading it again turns nothing.
            using var again = Picture.Decode(upright.Encode());
            Assert.Equal((expected.Width, expected.Height), (again.Info.Width, again.Info.Height));
        }
    }

    [DataFact("metadata/orientation")]
    public void Real_photos_of_all_orientations_look_like_the_upright_one()
    {
        foreach (var scene in (string[])["Landscape", "Portrait"])
        {
            using var upright = PictureFile.Open(SharedData.Path("metadata", "orientation", $"{scene}_1.jpg"));
            for (var orientation = 2; orientation <= 8; orientation++)
            {
                // Each was saved as a JPEG once more, which costs up to 4; mirrored, they differ by more than 40.
                using var turned = PictureFile.Open(SharedData.Path("metadata", "orientation", $"{scene}_{orientation}.jpg"));
                Assert.InRange(Pictures.MeanDifference(upright.Frame(0), turned.Frame(0)), 0, 6);
            }
        }
    }

    // The definition in EXIF 2.32, section 4.6.4: where the stored first row and first column belong.
    private static PixelBuffer Turn(PixelBuffer stored, int orientation)
    {
        var swaps = orientation >= 5;
        var upright = new PixelBuffer(swaps ? stored.Height : stored.Width, swaps ? stored.Width : stored.Height, stored.Format);
        for (var y = 0; y < stored.Height; y++)
        {
            for (var x = 0; x < stored.Width; x++)
            {
                var (right, bottom) = (stored.Width - 1 - x, stored.Height - 1 - y);
                var (toX, toY) = orientation switch
                {
                    1 => (x, y),
                    2 => (right, y),
                    3 => (right, bottom),
                    4 => (x, bottom),
                    5 => (y, x),
                    6 => (bottom, x),
                    7 => (bottom, right),
                    _ => (y, right),
                };
                stored.Row(y).Slice(x * 3, 3).CopyTo(upright.Row(toY)[(toX * 3)..]);
            }
        }

        return upright;
    }
}
