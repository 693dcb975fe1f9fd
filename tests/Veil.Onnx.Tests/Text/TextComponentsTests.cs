using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Onnx.Text;
using Veil.Regions;

namespace Veil.Onnx.Tests.Text;

public class TextComponentsTests
{
    [Fact]
    public void Lines_are_what_flooding_finds()
    {
        var maps = from width in Gen.Choose(1, 24)
                   from height in Gen.Choose(1, 18)
                   from values in Gen.ArrayOf(Gen.Frequency((3, Gen.Constant(0f)), (2, Gen.Choose(30, 100).Select(value => value / 100f))), width * height)
                   select (width, values);
        Prop.ForAll(maps.ToArbitrary(), drawn =>
        {
            var (width, height) = (drawn.width, drawn.values.Length / drawn.width);
            var map = new TextMap(width, height);
            map.Add(0, 0, drawn.values, width, width, height);
            var found = TextComponents.Find(map, 0.3f, 0, 0).Select(line => line.Box.Area).Order().ToList();
            var expected = Flood(drawn.values, width, height).Where(box => Math.Min(box.Width, box.Height) >= 2.5f).Select(box => box.Area).Order().ToList();
            return found.Count == expected.Count && found.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) < 0.01f);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_grows_by_area_by_circumference_and_scores_the_mean_of_its_rectangle()
    {
        var map = new TextMap(40, 20);
        float[] bar = [.. Enumerable.Repeat(1f, 10 * 20)];
        map.Add(10, 5, bar, 20, 20, 10);
        var line = Assert.Single(TextComponents.Find(map, 0.3f, 0.5f, 1.5f));
        Assert.Equal(1, line.Score, 1e-3);
        Assert.Equal(new Box(10 - 5, 5 - 5, 30 + 5, 15 + 5), line.Box.Bounds);
        Assert.Empty(TextComponents.Find(map, 0.3f, 1.01f, 1.5f));
    }

    [Fact]
    public void Where_tiles_overlap_the_higher_value_stays_and_what_is_no_number_counts()
    {
        var map = new TextMap(3, 1);
        map.Add(0, 0, [0.2f, 1f, 9f], 3, 2, 1);
        map.Add(1, 0, [0.5f, float.NaN], 2, 2, 1);
        Assert.Equal([51, 255, 255], map.Row(0).ToArray());
    }

    private static IEnumerable<RotatedBox> Flood(float[] values, int width, int height)
    {
        var seen = new bool[values.Length];
        for (var start = 0; start < values.Length; start++)
        {
            if (seen[start] || values[start] < 0.3f)
            {
                continue;
            }

            var corners = new List<Vector2>();
            var open = new Stack<int>([start]);
            seen[start] = true;
            while (open.TryPop(out var at))
            {
                var (x, y) = (at % width, at / width);
                corners.AddRange([new(x, y), new(x + 1, y), new(x, y + 1), new(x + 1, y + 1)]);
                for (var j = Math.Max(0, y - 1); j <= Math.Min(height - 1, y + 1); j++)
                {
                    for (var i = Math.Max(0, x - 1); i <= Math.Min(width - 1, x + 1); i++)
                    {
                        if (!seen[(j * width) + i] && values[(j * width) + i] >= 0.3f)
                        {
                            seen[(j * width) + i] = true;
                            open.Push((j * width) + i);
                        }
                    }
                }
            }

            yield return RotatedBox.Around(corners.ToArray());
        }
    }
}
