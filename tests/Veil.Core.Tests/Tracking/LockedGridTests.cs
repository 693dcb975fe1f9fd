using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Imaging;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Tests.Tracking;

/// <summary>A mosaic's cells belong to the face and not to the box that is found around it: each new grid would tell more of it.</summary>
public sealed class LockedGridTests
{
    private const int Columns = 260;
    private const int Rows = 120;
    private static readonly Film Film = new(Columns, Rows, 64);
    private static readonly IAnonymizer Pixelate = PixelateAnonymizer.Describe().Create(new PixelateOptions { Cell = Length.Relative(1 / 16f) });
    private static readonly RegionPolicy Policy = new() { Shape = RegionShape.Box, Growth = 0.1f, SoftEdge = 0 };

    [Fact]
    public void Trembling_boxes_neither_move_nor_remake_the_grid_over_a_face_that_stays()
    {
        var random = new Random(11);
        var found = Enumerable.Range(0, Film.Length)
            .Select(_ => Film.Found(0) with { Box = Film.Place(0).Grow(random.NextSingle() * 0.03f).Offset(random.NextSingle() * 1.6f, random.NextSingle() * 1.6f) }).ToList();

        var taken = Film.Track(new TrackingPolicy { DetectEvery = 1 }, frame => [found[frame]], _ => Film.Frame(0));

        Assert.True(taken.Select(regions => Assert.Single(regions).Box).Distinct().Count() > 10);
        Assert.Single(taken.Select(regions => regions[0].Reference).Distinct());
        Assert.Single(taken.Select(regions => Inside(Cover(regions[0], 0), 0)).Distinct());
    }

    [Fact]
    public void The_grid_moves_with_a_face_that_moves()
    {
        // Two pixels a frame, found where it is.
        var taken = Film.Track(new TrackingPolicy { DetectEvery = 1 }, frame => [Film.Found(frame)], frame => Film.Frame(frame));

        Assert.Single(taken.Select((regions, frame) => (regions, frame)).Skip(8).SkipLast(8)
            .Select(one => Inside(Cover(Assert.Single(one.regions), one.frame), one.frame)).Distinct());
    }

    [Fact]
    public void Without_a_reference_the_same_boxes_give_other_cells()
    {
        var (here, there) = (Film.Found(0), Film.Found(0) with { Box = Film.Place(0).Offset(1.6f, 1) });

        Assert.NotEqual(Inside(Cover(here, 0), 0), Inside(Cover(there, 0), 0));
    }

    private static PixelBuffer Cover(Region region, int frame)
    {
        var luma = Film.Frame(frame);
        var pixels = new PixelBuffer(Columns, Rows, PixelFormat.Rgb24);
        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x < Columns; x++)
            {
                pixels.Row(y).Slice(3 * x, 3).Fill(luma.Pixels(0)[(y * Columns) + x]);
            }
        }

        var covered = Policy.Cover(region, Columns, Rows)!;
        Pixelate.Apply(pixels, covered.Region, covered.Mask);
        return pixels;
    }

    /// <summary>The middle of the face: cells at the rim also hold what lies around it.</summary>
    private static string Inside(PixelBuffer pixels, int frame)
    {
        using (pixels)
        {
            var middle = Film.Place(frame).Grow(-0.2f).ToPixels();
            return string.Concat(Enumerable.Range(middle.Top, middle.Height).Select(y => Convert.ToHexString(pixels.Row(y)[(3 * middle.Left)..(3 * middle.Right)])));
        }
    }
}
