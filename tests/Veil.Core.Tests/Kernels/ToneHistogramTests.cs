using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

/// <summary>
/// Against numpy: <c>exp(-0.5 * (v - linspace(0, 1, 256)) ** 2)</c>, averaged over the pixels, divided by its sum, cumulated; the sum
/// of the absolute differences, for saturation and value (kornia.enhance.histogram with a bandwidth of 1, as DeepPrivacy2 calls it).
/// </summary>
public sealed class ToneHistogramTests
{
    [Fact]
    public void Two_pictures_are_as_far_apart_as_numpy_says()
    {
        var a = Pixels(n => [(n * 7) % 256, ((n * 13) + 40) % 256, ((n * 29) + 90) % 256]);
        var b = Pixels(n => [(n * 3) % 200, ((n * 5) + 40) % 180, (n * 11) % 150]);
        Assert.Equal(4.8026f, ToneHistogram.Of(a).DistanceTo(ToneHistogram.Of(b)), 0.02f);
        Assert.Equal(20.6248f, ToneHistogram.Of([255, 255, 255]).DistanceTo(ToneHistogram.Of([0, 0, 0])), 0.001f);
        Assert.Equal(0.80931f, ToneHistogram.Of([200, 200, 200]).DistanceTo(ToneHistogram.Of([190, 190, 190])), 0.001f);
    }

    [Fact]
    public void A_picture_is_no_way_from_itself_wherever_its_pixels_are()
    {
        var a = Pixels(n => [n, n / 2, 255 - n]);
        var turned = a.Chunk(3).Reverse().SelectMany(pixel => pixel).ToArray();
        Assert.Equal(0, ToneHistogram.Of(a).DistanceTo(ToneHistogram.Of(turned)));
    }

    [Fact]
    public void Marked_pixels_do_not_count()
    {
        byte[] pixels = [10, 20, 30, 200, 100, 50, 10, 20, 30];
        Assert.Equal(0, ToneHistogram.Of(pixels, [0, 255, 0]).DistanceTo(ToneHistogram.Of([10, 20, 30])));
        Assert.Throws<ArgumentException>(() => ToneHistogram.Of(pixels, [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => ToneHistogram.Of(pixels, [0]));
    }

    [Fact]
    public void Hue_does_not_count() => Assert.Equal(0, ToneHistogram.Of([200, 100, 50]).DistanceTo(ToneHistogram.Of([50, 200, 100])));

    private static byte[] Pixels(Func<int, int[]> pixel) => [.. Enumerable.Range(0, 200).SelectMany(pixel).Select(value => (byte)value)];
}
