using Veil.Imaging.Jpeg.Coefficients;
using Veil.Imaging.Metadata;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Imaging.Tests.Jpeg.Coefficients;

public sealed class UntouchedBlocksTests
{
    [NativeFact(tools: true)]
    public void Blocks_that_no_region_touches_are_the_same_in_every_kind_of_file()
    {
        foreach (var kind in Kinds.All)
        {
            foreach (var (width, height) in Kinds.Sizes)
            {
                var file = JpegTools.Encode(width, height, kind);
                Region[] regions = [Touched.Face(width * 0.3f, height * 0.35f, width * 0.5f, height * 0.6f), Touched.Face(width * 0.9f, height * 0.9f, width * 1.2f, height * 1.1f)];
                var (output, result) = Touched.Anonymize(file, regions, Touched.Method("gaussian"));
                Assert.True(result.Status == ItemStatus.Done && result.Notes.Count == 0, $"{kind} {width}×{height}: {result.Error} {string.Join(", ", result.Notes)}");
                var (_, covered) = Touched.AssertOthersKept(file, output, regions, new RegionPolicy());
                Assert.True(covered > 0);
            }
        }
    }

    [NativeFact(tools: true)]
    public void Another_reader_sees_the_same_coefficients_beside_the_region()
    {
        // jpegtran copies coefficients: pieces cut from both files are the same files, byte for byte.
        // Of sampling factors beyond one scan's it reads files that it cannot write.
        foreach (var kind in Kinds.All.Where(kind => !kind.Contains("4x4", StringComparison.Ordinal)))
        {
            var file = JpegTools.Encode(160, 128, kind);
            var (output, _) = Touched.Anonymize(file, [Touched.Face(70, 70, 90, 90)], Touched.Method("solid"), Touched.Tight);
            foreach (var piece in (string[])["160x64+0+0", "64x128+0+0", "64x128+96+0", "160x32+0+96"])
            {
                Assert.True(
                    JpegTools.Run("jpegtran", "-copy none -crop " + piece, file).AsSpan().SequenceEqual(JpegTools.Run("jpegtran", "-copy none -crop " + piece, output)),
                    $"{kind}: {piece} differs");
            }

            Assert.False(
                JpegTools.Run("jpegtran", "-copy none -crop 32x32+64+64", file).AsSpan().SequenceEqual(JpegTools.Run("jpegtran", "-copy none -crop 32x32+64+64", output)),
                kind + ": nothing was covered");
        }
    }

    [NativeFact(tools: true)]
    public void A_picture_without_regions_keeps_every_block()
    {
        var file = JpegTools.Encode(67, 41, "-progressive");
        var (output, _) = Touched.Anonymize(file, [], Touched.Method("solid"));
        Assert.Equal(0, Touched.AssertOthersKept(file, output, [], new RegionPolicy()).Covered);
    }

    [NativeFact("wider-dev")]
    public void Blocks_that_no_region_touches_are_the_same_in_real_photographs() =>
        AssertFolder(SharedData.Path("wider-dev", "images"), 3);

    [NativeFact("coco-mini")]
    public void Blocks_that_no_region_touches_are_the_same_in_street_scenes() => AssertFolder(SharedData.Path("coco-mini"), 1);

    [NativeFact("metadata")]
    public void Blocks_that_no_region_touches_are_the_same_in_camera_files() => AssertFolder(SharedData.Path("metadata"), 1);

    [NativeFact("hostile")]
    public void Blocks_that_no_region_touches_are_the_same_in_hostile_files_that_decode() => AssertFolder(SharedData.Path("hostile"), 1);

    private static void AssertFolder(string folder, int step)
    {
        var method = Touched.Method("veil");
        var (kept, files) = (0L, 0);
        var limits = new PictureLimits { MaxPixels = 50_000_000 };
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, index) => index % step == 0))
        {
            var file = File.ReadAllBytes(path);
            if (!PictureFormats.TrySniff(file, out var format) || format != PictureFormat.Jpeg)
            {
                continue;
            }

            using var source = JpegCoefficientSource.TryOpen(file, limits, MetadataPolicy.None, null, out _);
            if (source is null)
            {
                continue;
            }

            var (width, height) = (source.Info.Width, source.Info.Height);
            Region[] regions = [Touched.Face(width * 0.2f, height * 0.15f, width * 0.3f, height * 0.3f), Touched.Face(width * 0.6f, height * 0.5f, width * 0.65f, height * 0.56f)];
            var (output, result) = Touched.Anonymize(file, regions, method, limits: limits);
            Assert.True(result.Status == ItemStatus.Done, path + ": " + result.Error);
            kept += Touched.AssertOthersKept(file, output, regions, new RegionPolicy()).Kept;
            files++;
        }

        Assert.True(files > 0 && kept > 0, "no JPEG was compared");
    }
}
