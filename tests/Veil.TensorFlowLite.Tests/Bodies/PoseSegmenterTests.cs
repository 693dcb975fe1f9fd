using System.Numerics;
using System.Text.Json;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;

namespace Veil.TensorFlowLite.Tests.Bodies;

public sealed class PoseSegmenterTests : IDisposable
{
    private readonly IRegionSegmenter _segmenter = PoseSegmenter.Describe(_ => Models.Pose).Create();

    public void Dispose() => _segmenter.Dispose();

    [Fact]
    public void Where_nobody_is_there_is_no_mask()
    {
        using var picture = new PixelBuffer(300, 300, PixelFormat.Rgb24);
        Assert.Null(_segmenter.Segment(picture, Body(new Box(50, 20, 200, 290))));
        new Random(1).NextBytes(picture.Span);
        Assert.Null(_segmenter.Segment(picture, Body(new Box(50, 20, 200, 290))));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    [InlineData(200, 2)]
    public void Pictures_of_any_size_are_looked_at(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        foreach (var box in new[] { new Box(0, 0, width, height), new Box(-5, -5, 1, 1), new Box(0.2f, 0.2f, 0.4f, 0.3f), new Box(-900, -900, 900, 900), new Box(900, 900, 1200, 1200) })
        {
            Assert.Null(_segmenter.Segment(picture, Body(box)));
        }
    }

    [Fact]
    public void Another_pixel_format_is_a_mistake_and_another_network_is_refused()
    {
        using var picture = new PixelBuffer(9, 9, PixelFormat.Gray8);
        Assert.Throws<ArgumentException>(() => _segmenter.Segment(picture, Body(new Box(0, 0, 9, 9))));
        var error = Assert.Throws<VeilException>(() => PoseSegmenter.Describe(_ => Models.Network).Create());
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("195", error.Message, StringComparison.Ordinal);
    }

    [DataFact("coco-mini")]
    public void Masks_leave_next_to_nothing_of_people_out_and_less_around_them_in_than_boxes()
    {
        var (masks, person, covered, masked, boxed) = (0, 0L, 0L, 0L, 0L);
        var worst = 1.0;
        foreach (var (file, box, outline) in LargePeople().Take(24))
        {
            using var picture = PictureFile.ReadRgb24(file);
            if (_segmenter.Segment(picture, Body(box)) is not { } mask)
            {
                continue;
            }

            var cover = Cover(Body(box) with { Mask = mask }, picture);
            var (all, both) = Count(MaskRasterizer.Rasterize(outline, Vector2.Zero, 0, picture.Bounds)!, cover);
            masks++;
            person += all;
            covered += both;
            worst = Math.Min(worst, both / (double)all);
            masked += Filled(cover);
            boxed += Filled(Cover(Body(box), picture));
        }

        Assert.True(masks >= 5);
        Assert.True(covered >= 0.97 * person, $"{covered} of {person}");
        Assert.True(worst >= 0.85, $"{worst}");
        Assert.True(masked < 0.85 * boxed, $"{masked} of {boxed}");
    }

    [DataFact("coco-mini")]
    public void Only_what_it_says_is_read()
    {
        foreach (var (file, box, _) in LargePeople())
        {
            using var picture = PictureFile.ReadRgb24(file);
            if (_segmenter.Segment(picture, Body(box)) is { } mask)
            {
                using var alone = new PixelBuffer(picture.Width, picture.Height, PixelFormat.Rgb24);
                var seen = _segmenter.Reads(Body(box)).Intersect(picture.Bounds);
                picture.View(seen).CopyTo(alone.View(seen));
                var again = _segmenter.Segment(alone, Body(box));
                Assert.NotNull(again);
                Assert.Equal((mask.Bounds, Count(mask, again)), (again.Bounds, (Filled(mask), Filled(again))));
                return;
            }
        }

        Assert.Fail("Expected a mask of somebody.");
    }

    /// <summary>Annotated people of 128 pixels and more, outlined by one polygon.</summary>
    private static IEnumerable<(string File, Box Box, Vector2[] Outline)> LargePeople()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("coco-mini", "annotations", "instances_val2017.json")));
        var files = document.RootElement.GetProperty("images").EnumerateArray().ToDictionary(image => image.GetProperty("id").GetInt64(), image => image.GetProperty("file_name").GetString()!);
        foreach (var one in document.RootElement.GetProperty("annotations").EnumerateArray())
        {
            if (one.GetProperty("category_id").GetInt32() != 1 || one.GetProperty("iscrowd").GetInt32() != 0 || one.GetProperty("segmentation").GetArrayLength() != 1)
            {
                continue;
            }

            float[] box = [.. one.GetProperty("bbox").EnumerateArray().Select(edge => edge.GetSingle())];
            if (box[3] >= 128)
            {
                yield return (
                    SharedData.Path("coco-mini", "val2017", files[one.GetProperty("image_id").GetInt64()]), Box.FromSize(box[0], box[1], box[2], box[3]),
                    [.. one.GetProperty("segmentation")[0].EnumerateArray().Select(value => value.GetSingle()).Chunk(2).Select(pair => new Vector2(pair[0], pair[1]))]);
            }
        }
    }

    private static (long All, long Both) Count(RegionMask truth, RegionMask mask)
    {
        var (all, both) = (0L, 0L);
        for (var y = truth.Bounds.Top; y < truth.Bounds.Bottom; y++)
        {
            for (var x = truth.Bounds.Left; x < truth.Bounds.Right; x++)
            {
                all += truth[x, y] == byte.MaxValue ? 1 : 0;
                both += truth[x, y] == byte.MaxValue && mask[x, y] == byte.MaxValue ? 1 : 0;
            }
        }

        return (all, both);
    }

    private static RegionMask Cover(Region region, PixelBuffer picture) => RegionPolicy.For(RegionKind.Body).Cover(region, picture.Width, picture.Height)!.Mask;

    private static long Filled(RegionMask mask) => Count(mask, mask).All;

    private static Region Body(Box box) => new(box, RegionKind.Body, 1, new RegionOrigin(RegionSource.Annotation));
}
