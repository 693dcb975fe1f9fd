using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class DiskDilationTests
{
    [Fact]
    public void A_point_becomes_the_disk_of_the_field()
    {
        // skimage.morphology.disk(4): rows of 1, 5, 7, 7, 9, 7, 7, 5, 1.
        var plane = new byte[11 * 11];
        plane[(5 * 11) + 5] = 200;
        var rows = DiskDilation.Apply(plane, 11, 4).Chunk(11).Select(row => row.Count(value => value == 200));
        Assert.Equal([0, 1, 5, 7, 7, 9, 7, 7, 5, 1, 0], rows);
    }

    [Fact]
    public void Every_pixel_takes_the_largest_within_the_distance()
    {
        var random = new Random(4);
        foreach (var (width, height, radius) in new[] { (13, 9, 3), (5, 1, 4), (1, 6, 2), (8, 8, 0) })
        {
            byte[] plane = [.. Enumerable.Range(0, width * height).Select(_ => random.Next(6) == 0 ? (byte)random.Next(256) : (byte)0)];
            var expected = Enumerable.Range(0, plane.Length).Select(at => Enumerable.Range(0, plane.Length)
                .Where(other => Square((at % width) - (other % width)) + Square((at / width) - (other / width)) <= radius * radius).Max(other => plane[other]));
            Assert.Equal(expected, DiskDilation.Apply(plane, width, radius));
        }
    }

    private static int Square(int value) => value * value;
}
