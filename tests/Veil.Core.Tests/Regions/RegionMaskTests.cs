using FsCheck;
using FsCheck.Fluent;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public sealed class RegionMaskTests
{
    private static Gen<RegionMask> Masks =>
        from left in Gen.Choose(-9, 9)
        from top in Gen.Choose(-9, 9)
        from width in Gen.Choose(1, 17)
        from height in Gen.Choose(1, 17)
        from coverage in Gen.ListOf(Gen.Elements<byte>(0, 0, 255, 255, 255, 128), width * height)
        select new RegionMask(PixelRectOf(left, top, width, height), [.. coverage]);

    [Fact]
    public void A_packed_mask_is_the_same_mask() => Prop.ForAll(Masks.ToArbitrary(), mask =>
    {
        var packed = mask.Packed();
        return packed.Bounds == mask.Bounds && packed.Packed() == packed && Enumerable.Range(mask.Bounds.Top, mask.Bounds.Height).All(y => packed.Row(y).SequenceEqual(mask.Row(y)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_moved_mask_covers_wherever_a_covered_pixel_has_come_to_lie() => Prop.ForAll(
        Masks.Zip(from scale in Gen.Choose(3, 30) from stretch in Gen.Choose(3, 30) from dx in Gen.Choose(-50, 50) from dy in Gen.Choose(-50, 50) select (scale, stretch, dx, dy)).ToArbitrary(),
        drawn =>
        {
            var (mask, (scale, stretch, dx, dy)) = drawn;
            var from = Box.Of(mask.Bounds).Grow(0.1f);
            var to = Box.FromSize(dx / 3f, dy / 3f, from.Width * scale / 10f, from.Height * stretch / 10f);
            var moved = mask.Moved(from, to)!;
            for (var y = mask.Bounds.Top; y < mask.Bounds.Bottom; y++)
            {
                for (var x = mask.Bounds.Left; x < mask.Bounds.Right; x++)
                {
                    // The middle of a covered pixel is covered still.
                    var (mx, my) = (to.Left + ((x + 0.5f - from.Left) * to.Width / from.Width), to.Top + ((y + 0.5f - from.Top) * to.Height / from.Height));
                    if (moved[(int)MathF.Floor(mx), (int)MathF.Floor(my)] < mask[x, y])
                    {
                        return false;
                    }
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mask_that_stays_is_covered_as_it_was_and_one_that_became_enormous_is_given_up()
    {
        var mask = RegionMask.Full(new PixelRect(3, 4, 8, 9));
        var place = new Box(3, 4, 8, 9);

        Assert.Equal(mask.Bounds, mask.Moved(place, place)!.Bounds);
        Assert.Equal(new PixelRect(13, 4, 18, 9), mask.Moved(place, place.Offset(10, 0))!.Bounds);
        Assert.Null(mask.Moved(place, new Box(0, 0, 1000, 1000)));
    }

    private static PixelRect PixelRectOf(int left, int top, int width, int height) => new(left, top, left + width, top + height);

    [Fact]
    public void Without_takes_away_as_much_as_another_mask_has()
    {
        var mask = new RegionMask(new PixelRect(2, 3, 5, 4), [255, 255, 100]);
        var less = mask.Without(new RegionMask(new PixelRect(3, 0, 9, 4), [.. Enumerable.Repeat((byte)51, 24)]));
        Assert.Equal((mask.Bounds, 255, 204, 80), (less.Bounds, less[2, 3], less[3, 3], less[4, 3]));
        Assert.Equal(0, mask.Without(mask)[2, 3]);
        Assert.Equal(255, mask.Without(RegionMask.Full(new PixelRect(50, 50, 60, 60)))[2, 3]);
    }
}
