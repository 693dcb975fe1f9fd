using Veil.Imaging;

namespace Veil.Vision.Tests;

public class OrbKeypointsTests
{
    [VisionFact]
    public void Fewer_points_are_the_strongest_of_more_and_lie_in_the_picture()
    {
        var find = OrbKeypoints.Create();
        using var picture = Noise.Picture(240, 180, padding: 5);
        var many = find(picture, 300);
        Assert.InRange(many.Count, 100, 300);
        Assert.All(many, point => Assert.True(point.X is >= 0 and < 240 && point.Y is >= 0 and < 180));
        Assert.Empty(find(picture, 0));
        Assert.InRange(find(picture, 10).Count, 1, 10);
    }

    [VisionFact]
    public void Every_size_and_stride_works()
    {
        var find = OrbKeypoints.Create();
        for (var size = 1; size <= 97; size += size < 60 ? 9 : 1)
        {
            using var picture = Noise.Picture(size, 98 - size, padding: size % 4);
            Assert.InRange(find(picture, 50).Count, 0, 50);
            using var square = Noise.Picture(size, size, padding: size % 4);
            Assert.InRange(find(square, 50).Count, 0, 50);
        }
    }

    [VisionFact]
    public void Many_threads_find_the_same_as_one()
    {
        var find = OrbKeypoints.Create();
        using var picture = Noise.Picture(200, 200);
        var expected = find(picture, 200);
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.Equal(expected, find(picture, 200)));
    }

    [VisionFact]
    public void Other_pixels_than_Rgb24_are_refused()
    {
        using var grey = new PixelBuffer(70, 70, PixelFormat.Gray8);
        Assert.Throws<ArgumentException>(() => OrbKeypoints.Create()(grey, 5));
    }
}
