using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

public sealed class JpegSplitterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000)]
    public void Pictures_come_out_whole_however_they_come_in(int step)
    {
        byte[][] pictures = [[0xFF, 0xD8, 1, 0xFF, 0, 0xD9, 0xFF, 0xD9], [0xFF, 0xD8, 0xFF, 0xD9], [0xFF, 0xD8, .. new byte[400_000], 0xFF, 0xD9]];
        var all = pictures.SelectMany(picture => picture).ToArray();
        var splitter = new JpegSplitter();
        List<byte[]> found = [];
        for (var at = 0; at < all.Length;)
        {
            var free = splitter.Free();
            var count = Math.Min(Math.Min(step, free.Length), all.Length - at);
            all.AsMemory(at, count).CopyTo(free);
            splitter.Add(count);
            at += count;
            while (splitter.TryTake() is { } picture)
            {
                found.Add(picture);
            }
        }

        Assert.Equal(pictures, found);
    }
}
