using System.Collections.Concurrent;
using Veil.Errors;

namespace Veil.Imaging.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public void Pictures_and_failures_side_by_side_do_not_mix()
    {
        var good = Pictures.Encode(PictureFormat.Jpeg, 200, 150, PixelFormat.Rgb24);
        using var expected = Picture.Decode(good);
        var cut = Pictures.Encode(PictureFormat.Jpeg, 200, 150, PixelFormat.Rgb24)[..1500];
        var broken = Pictures.Encode(PictureFormat.WebP, 200, 150, PixelFormat.Rgb24)[..200];
        var messages = new ConcurrentDictionary<string, byte>();
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            if (i % 3 == 0)
            {
                using var decoded = Picture.Decode(good);
                Assert.Equal(0, Pictures.LargestDifference(expected.Frame(0), decoded.Frame(0)));
                Assert.Equal(expected.Encode(), decoded.Encode());
            }
            else
            {
                var error = Assert.Throws<VeilException>(() => Picture.Decode(i % 3 == 1 ? cut : broken));
                messages.TryAdd(error.Message, 0);
            }
        });
        Assert.Equal(2, messages.Count);
        Leaks.AssertNone();
    }
}
