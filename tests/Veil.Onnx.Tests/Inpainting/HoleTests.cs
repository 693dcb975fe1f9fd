using FsCheck;
using FsCheck.Fluent;
using Veil.Imaging;
using Veil.Onnx.Inpainting;
using Veil.Regions;

namespace Veil.Onnx.Tests.Inpainting;

public sealed class HoleTests
{
    [Fact]
    public void Holes_are_what_a_flood_from_each_pixel_reaches()
    {
        Prop.ForAll(Masks().ToArbitrary(), mask =>
        {
            var found = Hole.Find(mask).Select(Pixels).ToList();
            return Flooded(mask).Select(Key).Order().SequenceEqual(found.Select(Key).Order());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bounds_are_the_smallest_rectangle()
    {
        Prop.ForAll(Masks().ToArbitrary(), mask => Hole.Find(mask).All(hole => Pixels(hole) is var pixels
            && hole.Bounds == new PixelRect(pixels.Min(p => p.X), pixels.Min(p => p.Y), pixels.Max(p => p.X) + 1, pixels.Max(p => p.Y) + 1))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_window_lies_in_the_picture_and_holds_its_hole()
    {
        var cases = from width in Gen.Choose(1, 4000)
                    from height in Gen.Choose(1, 3000)
                    from left in Gen.Choose(0, width - 1)
                    from top in Gen.Choose(0, height - 1)
                    from right in Gen.Choose(left + 1, width)
                    from bottom in Gen.Choose(top + 1, height)
                    select (new PixelRect(0, 0, width, height), new PixelRect(left, top, right, bottom));
        Prop.ForAll(cases.ToArbitrary(), pair =>
        {
            var (picture, bounds) = pair;
            var window = MiGanInpainter.Window(new Hole(bounds, []), picture);
            var side = Math.Max(512, 2 * Math.Max(bounds.Width, bounds.Height));
            return window.Intersect(picture) == window && window.Intersect(bounds) == bounds
                && window.Width == Math.Min(side, picture.Width) && window.Height == Math.Min(side, picture.Height);
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<RegionMask> Masks() =>
        from width in Gen.Choose(1, 14)
        from height in Gen.Choose(1, 14)
        from coverage in Gen.Frequency((2, Gen.Constant((byte)0)), (1, Gen.Constant((byte)255)), (1, Gen.Constant((byte)3))).ArrayOf(width * height)
        select new RegionMask(PixelRect(width, height), coverage);

    private static PixelRect PixelRect(int width, int height) => new(5, 7, 5 + width, 7 + height);

    private static HashSet<(int X, int Y)> Pixels(Hole hole) =>
        [.. hole.Runs.SelectMany(run => Enumerable.Range(run.Left, run.Right - run.Left).Select(x => (x, run.Y)))];

    private static string Key(IEnumerable<(int X, int Y)> pixels) => string.Join(' ', pixels.Order());

    private static List<HashSet<(int X, int Y)>> Flooded(RegionMask mask)
    {
        var (holes, seen) = (new List<HashSet<(int X, int Y)>>(), new HashSet<(int X, int Y)>());
        for (var y = mask.Bounds.Top; y < mask.Bounds.Bottom; y++)
        {
            for (var x = mask.Bounds.Left; x < mask.Bounds.Right; x++)
            {
                if (mask[x, y] > 0 && !seen.Contains((x, y)))
                {
                    var hole = new HashSet<(int X, int Y)>();
                    Flood(mask, x, y, hole);
                    seen.UnionWith(hole);
                    holes.Add(hole);
                }
            }
        }

        return holes;
    }

    private static void Flood(RegionMask mask, int x, int y, HashSet<(int X, int Y)> hole)
    {
        if (mask[x, y] == 0 || !hole.Add((x, y)))
        {
            return;
        }

        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                Flood(mask, x + dx, y + dy, hole);
            }
        }
    }
}
