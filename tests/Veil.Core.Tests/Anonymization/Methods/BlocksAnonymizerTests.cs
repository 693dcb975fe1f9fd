using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Methods;

public sealed class BlocksAnonymizerTests
{
    [Theory]
    [InlineData(12, 4, 5, 200, 130, 0, 0)]
    [InlineData(12, 2, 5, 200, 130, 0, 0)]
    [InlineData(7, 4, 3, 150, 60, -31, -5)]
    [InlineData(3, 4, 9, 90, 80, 4, 2)]
    [InlineData(50, 2, 2, 160, 170, -20, 11)]
    [InlineData(1, 4, 1, 9, 5, 0, 0)]
    [InlineData(64, 4, 5, 20, 20, 3, 3)]
    public void Tile_by_tile_gives_what_filling_each_set_at_once_gives(int cell, int sets, int radius, int width, int height, int left, int top)
    {
        var options = new BlocksOptions { Cell = Length.Pixels(cell), Sets = sets, Radius = radius };
        using var picture = NoisePicture.Draw(width, height, seed: 9);
        using var expected = AtOnce(picture, left, top, options);
        Apply(Engines(), options, picture, new Box(left, top, width, height));
        Assert.True(expected.Span.SequenceEqual(picture.Span));
    }

    [Fact]
    public void No_original_pixel_is_left_without_features()
    {
        using var picture = NoisePicture.Draw(100, 90, seed: 9);
        Apply(Engines() with { Telea = _ => Painted }, new BlocksOptions { Cell = Length.Pixels(9) }, picture, new Box(-3, -4, 100, 90));
        Assert.Equal(-1, picture.Span.IndexOfAnyExcept((byte)7));
    }

    [Fact]
    public void Features_put_original_pixels_back_and_nothing_else()
    {
        using var picture = NoisePicture.Draw(100, 90, seed: 9);
        using var before = picture.Clone();
        (int X, int Y)[] points = [(0, 0), (99, 89), (40, 31)];
        var engines = Engines() with { Telea = _ => Painted, Orb = () => (_, count) => [.. points.Take(count)] };
        Apply(engines, new BlocksOptions { Cell = Length.Pixels(9), Features = 2 }, picture, new Box(0, 0, 100, 90));
        for (var y = 0; y < 90; y++)
        {
            for (var x = 0; x < 100; x++)
            {
                byte[] expected = points.Take(2).Contains((x, y)) ? before.Row(y).Slice(x * 3, 3).ToArray() : [7, 7, 7];
                Assert.Equal(expected, picture.Row(y).Slice(x * 3, 3).ToArray());
            }
        }
    }

    [Fact]
    public void A_relative_cell_looks_alike_at_any_resolution()
    {
        using var small = Gradient(96, 96);
        using var large = Gradient(384, 384);
        Apply(Engines(), new BlocksOptions(), small, new Box(0, 0, 96, 96));
        Apply(Engines(), new BlocksOptions(), large, new Box(0, 0, 384, 384));
        for (var y = 12; y < 84; y++)
        {
            for (var x = 12; x < 84; x++)
            {
                Assert.InRange(Math.Abs(small.Row(y)[x * 3] - large.Row((y * 4) + 2)[((x * 4) + 2) * 3]), 0, 16);
            }
        }
    }

    [Fact]
    public void Three_sets_are_refused()
    {
        var error = Assert.Throws<VeilException>(() => BlocksAnonymizer.Describe(Engines()).Create(new BlocksOptions { Sets = 3 }));
        Assert.Contains("2 or 4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1500)]
    public void It_warns_with_what_was_measured(int features) =>
        Assert.Contains("chance", BlocksAnonymizer.Describe(Engines()).Assess(new BlocksOptions { Features = features })!.Message, StringComparison.Ordinal);

    [Fact]
    public void Keypoints_are_asked_for_only_where_they_are_wanted()
    {
        var bare = BlocksAnonymizer.Describe(Engines());
        Assert.NotNull(bare.Create(new BlocksOptions()));
        Assert.Equal(VeilErrorCode.MissingNative, Assert.Throws<VeilException>(() => bare.Create(new BlocksOptions { Features = 1 })).Code);
    }

    private static MethodEngines Engines() => new()
    {
        Stickers = _ => throw new VeilException(VeilErrorCode.InvalidOption, "none"),
        Telea = radius => FakeInpainting.Local((int)radius),
    };

    private static void Painted(PixelBuffer image, RegionMask hole)
    {
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                if (hole[x, y] > 0)
                {
                    image.Row(y).Slice(x * 3, 3).Fill(7);
                }
            }
        }
    }

    private static void Apply(MethodEngines engines, BlocksOptions options, PixelBuffer picture, Box box) =>
        BlocksAnonymizer.Describe(engines).Create(options).Apply(
            picture, new Region(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)), RegionMask.Full(picture.Bounds));

    /// <summary>The definition: each set's cells blanked in a copy of the whole picture, and of each copy what was filled.</summary>
    private static PixelBuffer AtOnce(PixelBuffer picture, int left, int top, BlocksOptions options)
    {
        var (cell, merged) = ((int)options.Cell.Value, picture.Clone());
        for (var set = 0; set < options.Sets; set++)
        {
            using var copy = picture.Clone();
            var hole = new byte[picture.Width * picture.Height];
            for (var y = 0; y < picture.Height; y++)
            {
                for (var x = 0; x < picture.Width; x++)
                {
                    var (column, row) = ((int)Math.Floor((x - left) / (double)cell), (int)Math.Floor((y - top) / (double)cell));
                    var (right, down) = (Math.Abs(column % 2), Math.Abs(row % 2));
                    hole[(y * picture.Width) + x] = (options.Sets == 4 ? right + (2 * down) : right ^ down) == set ? (byte)255 : (byte)0;
                }
            }

            FakeInpainting.Local((int)options.Radius)(copy, new RegionMask(picture.Bounds, hole));
            for (var i = 0; i < hole.Length; i++)
            {
                if (hole[i] > 0)
                {
                    copy.Span.Slice(i * 3, 3).CopyTo(merged.Span[(i * 3)..]);
                }
            }
        }

        return merged;
    }

    private static PixelBuffer Gradient(int width, int height)
    {
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                picture.Row(y).Slice(x * 3, 3).Fill((byte)(((x * 200 / width) + (y * 100 / height)) % 256));
            }
        }

        return picture;
    }
}
