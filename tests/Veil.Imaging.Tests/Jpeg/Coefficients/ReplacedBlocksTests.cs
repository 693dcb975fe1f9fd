using Veil.Imaging.Jpeg;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Imaging.Tests.Jpeg.Coefficients;

public sealed class ReplacedBlocksTests
{
    [NativeFact(tools: true)]
    public void Covered_pixels_show_the_anonymized_picture_in_every_kind_of_file()
    {
        foreach (var kind in Kinds.All.Where(kind => !kind.Contains("quality 3", StringComparison.Ordinal)))
        {
            // One flat colour survives any quantisation; mid-grey has no chroma for subsampling to spread.
            var file = JpegTools.Encode(131, 99, kind);
            var region = Touched.Face(37, 21, 131, 99);
            var (output, _) = Touched.Anonymize(file, [region], Touched.Method("deepprivacy2/mask-out"), Touched.Tight);
            using var picture = Picture.Decode(output);
            var channels = picture.Frame(0).Format.Channels();

            // From the first blocks on that lie wholly in the region; those at its border also hold what is beside it.
            for (var y = 34; y < 99; y++)
            {
                foreach (var value in picture.Frame(0).Row(y)[(66 * channels)..])
                {
                    Assert.True(Math.Abs(value - 128) <= 2, $"{kind}: {value} in row {y}");
                }
            }
        }
    }

    [NativeFact(tools: true)]
    public void Originals_that_differ_only_under_a_mask_give_the_same_bytes()
    {
        foreach (var kind in Kinds.All)
        {
            var first = JpegTools.Encode(160, 128, kind);
            foreach (var method in (string[])["solid", "emoji"])
            {
                var region = Touched.Face(30, 29, 131, 101);
                Assert.Equal(
                    Touched.Anonymize(first, [region], Touched.Method(method), Touched.Tight).Output,
                    Touched.Anonymize(WithOther(first, new PixelRect(32, 32, 128, 96)), [region], Touched.Method(method), Touched.Tight).Output);
            }
        }
    }

    [NativeFact(tools: true)]
    public void Pixels_beyond_the_edge_hide_nothing()
    {
        // The last blocks hold samples that no viewer shows; the encoder could have left a piece of the original there.
        var first = JpegTools.Encode(99, 77, "-sample 2x2", seed: 1);
        using var other = Touched.Open(first);
        var hidden = JpegTools.Run("jpegtran", "-crop 99x77+0+0", JpegTools.Encode(112, 80, "-sample 2x2", seed: 1));
        var region = Touched.Face(64, 48, 120, 100);
        var (output, _) = Touched.Anonymize(hidden, [region], Touched.Method("solid"), Touched.Tight);
        using var jpeg = Touched.Open(output);
        for (var c = 0; c < jpeg.Components; c++)
        {
            var last = jpeg.ReadBlockRow(c, jpeg.Component(c).BlockRows - 1).AsSpan()[^64..];
            Assert.False(last[1..].ContainsAnyExcept((short)0), $"component {c}: the corner is not flat");
        }
    }

    [NativeFact(tools: true)]
    public void All_eight_orientations_stay_a_tag_and_cover_what_is_seen_there()
    {
        var file = JpegTools.Encode(131, 99, "-sample 2x1 -quality 95");
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var turned = Exif.WithOrientation(file, orientation);
            var region = Touched.Face(34, 36, 74, 70);
            var (output, result) = Touched.Anonymize(turned, [region], Touched.Method("deepprivacy2/mask-out"), Touched.Tight);
            Assert.Empty(result.Notes);
            Assert.Equal(orientation, ExifOrientation.Read(output));
            Touched.AssertOthersKept(turned, output, [region], Touched.Tight);
            using var expected = Picture.Decode(turned);
            using var picture = Picture.Decode(output);
            Assert.Equal((expected.Info.Width, expected.Info.Height), (picture.Info.Width, picture.Info.Height));
            for (var y = 0; y < picture.Info.Height; y++)
            {
                for (var x = 0; x < picture.Info.Width; x++)
                {
                    var inside = x is >= 38 and < 70 && y is >= 40 and < 66;
                    var outside = x is < 34 - 17 or >= 74 + 17 || y is < 36 - 17 or >= 70 + 17;
                    var value = picture.Frame(0).Row(y)[x * 3];
                    Assert.True(!inside || Math.Abs(value - 128) <= 12, $"orientation {orientation}: {x},{y} is not covered");
                    Assert.True(!outside || value == expected.Frame(0).Row(y)[x * 3], $"orientation {orientation}: {x},{y} changed");
                }
            }
        }
    }

    [NativeFact(tools: true)]
    public void The_result_looks_like_that_of_coding_anew()
    {
        foreach (var kind in Kinds.All.Where(kind => !kind.Contains("-quality", StringComparison.Ordinal)))
        {
            var file = JpegTools.Encode(200, 160, "-quality 92 " + kind);
            Region[] regions = [Touched.Face(50, 40, 110, 120), Touched.Face(90, 60, 150, 140)];
            var (kept, _) = Touched.Anonymize(file, regions, Touched.Method("veil"));
            var (full, result) = Touched.Anonymize(file, regions, Touched.Method("veil"), options: new EncodeOptions { Mode = EncodeMode.Full });
            Assert.Empty(result.Notes);
            using var a = Picture.Decode(kept);
            using var b = Picture.Decode(full);
            Assert.InRange(Pictures.MeanDifference(b.Frame(0), a.Frame(0)), 0, 2.5);
        }
    }

    [NativeFact(tools: true)]
    public void Nothing_but_orientation_and_profile_comes_along()
    {
        var plain = JpegTools.Encode(64, 48, "-restart 1");
        var profile = Cmyk.BuiltInRgbProfile();
        var file = Exif.WithOrientation(plain, 6);
        file = Exif.Insert(file, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]);
        file = Exif.Insert(file, 0xED, "Photoshop 3.0\0 secret"u8.ToArray());
        file = Exif.Insert(file, 0xE1, "http://ns.adobe.com/xap/1.0/\0 secret"u8.ToArray());
        file = [.. Exif.Insert(file, 0xFE, "secret"u8.ToArray()), .. "secret"u8];
        var (output, result) = Touched.Anonymize(file, [Touched.Face(5, 5, 20, 20)], Touched.Method("solid"));
        Assert.Equal((ItemStatus.Done, 48, 64), (result.Status, result.Info!.Width, result.Info.Height));
        Assert.True(output.AsSpan().IndexOf("secret"u8) < 0);
        Assert.Equal(0xD9, output[^1]);
        using var jpeg = Touched.Open(output);
        Assert.Equal(profile, jpeg.ReadProfile());
        Assert.Equal(6, ExifOrientation.Read(output));
    }

    [NativeFact]
    public void Inks_beside_regions_stay_and_regions_are_covered()
    {
        using var picture = Cmyk.Create(160, 128, PictureFormat.Jpeg);
        var plain = picture.Encode();
        foreach (var file in (byte[][])[plain, Exif.WithOrientation(plain, 6)])
        {
            var region = Touched.Face(40, 40, 90, 90);
            var (output, result) = Touched.Anonymize(file, [region], Touched.Method("solid"), Touched.Tight);
            Assert.True(result.Status == ItemStatus.Done && result.Notes.Count == 0, $"{result.Error} {string.Join(", ", result.Notes)}");
            var (kept, _) = Touched.AssertOthersKept(file, output, [region], Touched.Tight);
            Assert.True(kept > 0);
            using var before = Picture.Decode(file);
            using var after = Picture.Decode(output);
            Assert.Equal(before.Traits.IsCmyk, after.Traits.IsCmyk);
            Assert.Equal(before.Traits.IccProfile.AsSpan(), after.Traits.IccProfile.AsSpan());
            Assert.Equal(before.Frame(0).Row(5).ToArray(), after.Frame(0).Row(5).ToArray());
            Assert.True(after.Frame(0).Row(64)[(64 * 3)..(80 * 3)].ToArray().Max() < 60, "the region is not black");
        }

        Leaks.AssertNone();
    }

    private static byte[] WithOther(byte[] file, PixelRect area)
    {
        using var jpeg = Touched.Open(file);
        using var other = Pictures.Paint(area.Width, area.Height, jpeg.Channels == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24, seed: 7);
        var coverage = new byte[area.Width * area.Height];
        Array.Fill(coverage, byte.MaxValue);
        jpeg.Replace(area, other.Span, coverage);
        using var written = jpeg.Write([]);
        Assert.False(written.Span.SequenceEqual(file));
        return written.Span.ToArray();
    }
}
