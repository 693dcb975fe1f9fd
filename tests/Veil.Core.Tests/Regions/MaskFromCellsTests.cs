using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public sealed class MaskFromCellsTests
{
    [Fact]
    public void Every_pixel_that_touches_a_covered_cell_is_covered_and_none_far_from_any() => Prop.ForAll(
        Gen.Choose(1, 40).Two().ToArbitrary(), Gen.Choose(-30, 30).Two().ToArbitrary(), (scale, place) =>
        {
            var (cellsPerPixel, corner) = (scale.Item1 / 10f, new Vector2(place.Item1, place.Item2) / 3);
            var coverage = new byte[64];
            coverage[(3 * 8) + 5] = 1;
            var bounds = new PixelRect(-60, -60, 110, 110);
            var mask = MaskRasterizer.FromCells(new RegionMask(new PixelRect(0, 0, 8, 8), coverage), corner, cellsPerPixel, bounds)!;
            var cell = new Box(5, 3, 6, 4).Scale(1 / cellsPerPixel, 1 / cellsPerPixel).Offset(corner.X, corner.Y);
            var near = Math.Max(1, 1 / cellsPerPixel) * 1.01f;
            for (var y = bounds.Top; y < bounds.Bottom; y++)
            {
                for (var x = bounds.Left; x < bounds.Right; x++)
                {
                    var pixel = new Box(x, y, x + 1, y + 1);
                    if (pixel.Intersect(cell) is { Width: > 0.01f, Height: > 0.01f })
                    {
                        Assert.Equal(byte.MaxValue, mask[x, y]);
                    }
                    else if (pixel.Intersect(new Box(cell.Left - near, cell.Top - near, cell.Right + near, cell.Bottom + near)).IsEmpty)
                    {
                        Assert.Equal(0, mask[x, y]);
                    }
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_covered_is_no_mask() =>
        Assert.Null(MaskRasterizer.FromCells(new RegionMask(new PixelRect(0, 0, 2, 2), new byte[4]), Vector2.Zero, 1, new PixelRect(0, 0, 5, 5)));
}
