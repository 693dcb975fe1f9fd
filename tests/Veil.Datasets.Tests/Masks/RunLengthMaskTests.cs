using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Veil.Datasets.Masks;
using Veil.Imaging;

namespace Veil.Datasets.Tests.Masks;

public class RunLengthMaskTests
{
    [Fact]
    public void Columns_come_before_rows_and_zeros_before_ones()
    {
        // ..#
        // .##
        var mask = RunLengthMask.FromPixels(3, 2, [0, 0, 1, 0, 1, 1]);
        Assert.Equal([3u, 3u], mask.Counts.ToArray());
        Assert.Equal("33", mask.ToText());
    }

    [Fact]
    public void A_mask_that_begins_with_ones_has_an_empty_run_of_zeros() =>
        Assert.Equal([0u, 1u, 1u], RunLengthMask.FromPixels(1, 2, [1, 0]).Counts.ToArray());

    [Fact]
    public void Text_is_five_bits_to_a_character_and_differences_from_the_fourth_on()
    {
        // By hand: 6 → '6'; 1 → '1'; 40 = 0b01_01000 → 8|32+48 = 'X', 1+48 = '1'; 4−1 = 3 → '3'; 5−40 = −35 = …11110_11101 → 29|32+48 = 'm', 30+48 = 'N'.
        var mask = RunLengthMask.FromCounts(7, 8, [6, 1, 40, 4, 5]);
        Assert.Equal("61X13mN", mask.ToText());
        Assert.Equal(mask.Counts.ToArray(), RunLengthMask.Parse(7, 8, "61X13mN").Counts.ToArray());
    }

    [Fact]
    public void A_square_on_whole_pixels_is_these_pixels()
    {
        var mask = RunLengthMask.FromPolygon(new Polygon([1, 1, 3, 1, 3, 4, 1, 4]), 5, 6);
        Assert.Equal(new PixelRect(1, 1, 3, 4), mask.Bounds);
        Assert.Equal(6, mask.Area);
        Assert.Equal([7u, 3u, 3u, 3u, 14u], mask.Counts.ToArray());
    }

    /// <summary>
    /// The file holds outlines with the text that the functions rleFrPoly and rleToString of cocoapi's common/maskApi.c give
    /// for them, compiled by themselves with gcc: corners at random, on and off the pixel grid, inside and out, some twice.
    /// </summary>
    [Fact]
    public void Polygons_are_rasterised_as_the_reference_does()
    {
        var path = Path.Combine(RepositoryRoot.Path, "tests", "Veil.Datasets.Tests", "Masks", "rleFrPoly.txt");
        var lines = 0;
        foreach (var line in File.ReadLines(path))
        {
            var fields = line.Split(' ');
            var (width, height) = (int.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture));
            var mask = RunLengthMask.FromPolygon(new Polygon([.. fields[3..].Select(field => double.Parse(field, CultureInfo.InvariantCulture))]), width, height);
            Assert.True(fields[2] == mask.ToText(), $"{line}\n{mask.ToText()}");
            Assert.Equal(fields[2], RunLengthMask.Parse(width, height, fields[2]).ToText());
            lines++;
        }

        Assert.True(lines >= 160);
    }

    [DataFact("coco-mini")]
    public void Masks_of_real_crowds_fill_their_boxes()
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("coco-mini", "annotations", "instances_val2017.json")));
        var crowds = document.RootElement.GetProperty("annotations").EnumerateArray().Where(entry => entry.GetProperty("iscrowd").GetInt32() == 1).ToList();
        Assert.Equal(5, crowds.Count);
        Assert.All(crowds, crowd =>
        {
            var segmentation = crowd.GetProperty("segmentation");
            var (rows, columns) = (segmentation.GetProperty("size")[0].GetInt32(), segmentation.GetProperty("size")[1].GetInt32());
            var bounds = RunLengthMask.FromCounts(columns, rows, [.. segmentation.GetProperty("counts").EnumerateArray().Select(count => count.GetUInt32())]).Bounds;

            // COCO's boxes of crowds end at the last pixel, not after it.
            int[] box = [.. crowd.GetProperty("bbox").EnumerateArray().Select(number => number.GetInt32())];
            Assert.Equal([box[0], box[1], box[0] + box[2] + 1, box[1] + box[3] + 1], new[] { bounds.Left, bounds.Top, bounds.Right, bounds.Bottom });
        });
    }

    [Fact]
    public void Any_mask_survives_text_and_pixels() => Prop.ForAll(Arb.From(Masks), given =>
    {
        var (width, height, pixels) = given;
        var mask = RunLengthMask.FromPixels(width, height, pixels);
        var back = RunLengthMask.Parse(width, height, mask.ToText());
        return mask.Counts.SequenceEqual(back.Counts) && Pixels(back).SequenceEqual(pixels) && mask.Area == pixels.Count(pixel => pixel != 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_union_has_the_pixels_of_both() => Prop.ForAll(Arb.From(Masks), Arb.From(Gen.Choose(0, int.MaxValue - 1)), (given, seed) =>
    {
        var (width, height, pixels) = given;
        var random = new Random(seed);
        byte[] others = [.. pixels.Select(_ => (byte)(random.Next(4) == 0 ? 1 : 0))];
        var union = RunLengthMask.FromPixels(width, height, pixels).Union(RunLengthMask.FromPixels(width, height, others));
        byte[] expected = [.. pixels.Zip(others, Math.Max)];
        return Pixels(union).SequenceEqual(expected) && union.Counts.SequenceEqual(RunLengthMask.FromPixels(width, height, expected).Counts);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Areas_in_rectangles_are_counts_of_pixels() => Prop.ForAll(Arb.From(Masks), Arb.From(Gen.Choose(-5, 25).Four()), (given, edges) =>
    {
        var (width, height, pixels) = given;
        var (left, top, right, bottom) = edges;
        var expected = Enumerable.Range(0, pixels.Length).Count(i => pixels[i] != 0 && i % width >= left && i % width < right && i / width >= top && i / width < bottom);
        return RunLengthMask.FromPixels(width, height, pixels).AreaIn(new PixelRect(left, top, right, bottom)) == expected;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("34")]
    [InlineData("3o")]
    [InlineData("3\u00e9")]
    [InlineData("3 3")]
    [InlineData("oooooooooooooo")]
    [InlineData("33O")]
    public void Text_of_another_size_or_kind_is_refused(string text) =>
        Assert.Throws<FormatException>(() => RunLengthMask.Parse(3, 2, text));

    [Fact]
    public void Runs_that_overflow_are_refused() =>
        Assert.Throws<FormatException>(() => RunLengthMask.FromCounts(2, 2, [uint.MaxValue, 5]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(-200000)]
    public void Coordinates_out_of_this_world_are_refused(double coordinate) =>
        Assert.Throws<FormatException>(() => RunLengthMask.FromPolygon(new Polygon([0, 0, coordinate, 0, 1, 1]), 4, 4));

    private static Gen<(int Width, int Height, byte[] Pixels)> Masks =>
        from width in Gen.Choose(1, 20)
        from height in Gen.Choose(1, 20)
        from share in Gen.Choose(1, 4)
        from pixels in Gen.ArrayOf(Gen.Choose(0, 4), width * height)
        select (width, height, pixels.Select(value => (byte)(value < share ? 1 : 0)).ToArray());

    private static byte[] Pixels(RunLengthMask mask)
    {
        var pixels = new byte[mask.Width * mask.Height];
        if (mask.ToRegionMask() is { } region)
        {
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (byte)(region[i % mask.Width, i / mask.Width] == 255 ? 1 : 0);
            }
        }

        return pixels;
    }
}
