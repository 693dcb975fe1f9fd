namespace Veil.Imaging.Tests.Jpeg.Coefficients;

public sealed class CoefficientDecodingTests
{
    [NativeFact(tools: true)]
    public void Full_size_pixels_are_those_of_djpeg_without_interpolation()
    {
        foreach (var kind in Kinds.All)
        {
            foreach (var (width, height) in Kinds.Sizes)
            {
                var file = JpegTools.Encode(width, height, kind);
                using var jpeg = Touched.Open(file);
                Assert.True(JpegTools.Decode(file, "-nosmooth -dct int").AsSpan().SequenceEqual(Decode(jpeg, 1)), $"{kind} {width}×{height}");
            }
        }
    }

    [NativeFact(tools: true)]
    public void Parts_are_those_of_the_whole()
    {
        var random = new Random(3);
        foreach (var kind in Kinds.All)
        {
            using var jpeg = Touched.Open(JpegTools.Encode(131, 99, kind));
            foreach (var reduction in (int[])[1, 2, 4, 8])
            {
                var (width, height) = ((131 + reduction - 1) / reduction, (99 + reduction - 1) / reduction);
                var whole = Decode(jpeg, reduction);
                for (var run = 0; run < 6; run++)
                {
                    var (left, top) = (random.Next(width), random.Next(height));
                    var area = new PixelRect(left, top, random.Next(left, width) + 1, random.Next(top, height) + 1);
                    var part = new byte[area.Width * area.Height * jpeg.Channels];
                    jpeg.Decode(reduction, area, part, area.Width * jpeg.Channels);
                    for (var y = 0; y < area.Height; y++)
                    {
                        var row = area.Width * jpeg.Channels;
                        Assert.True(
                            whole.AsSpan((((area.Top + y) * width) + area.Left) * jpeg.Channels, row).SequenceEqual(part.AsSpan(y * row, row)), $"{kind} 1/{reduction} {area}");
                    }
                }
            }
        }
    }

    [NativeFact(tools: true)]
    public void Reduced_pixels_are_close_to_the_means_of_those_that_they_stand_for()
    {
        foreach (var kind in Kinds.All.Where(kind => !kind.Contains("quality 3", StringComparison.Ordinal)))
        {
            using var jpeg = Touched.Open(JpegTools.Encode(160, 128, kind));
            var whole = Decode(jpeg, 1);
            foreach (var reduction in (int[])[2, 4, 8])
            {
                var reduced = Decode(jpeg, reduction);
                var difference = 0.0;
                for (var i = 0; i < reduced.Length; i++)
                {
                    var (x, y, channel) = (i / jpeg.Channels % (160 / reduction), i / jpeg.Channels / (160 / reduction), i % jpeg.Channels);
                    var sum = 0;
                    for (var j = 0; j < reduction * reduction; j++)
                    {
                        sum += whole[(((((y * reduction) + (j / reduction)) * 160) + (x * reduction) + (j % reduction)) * jpeg.Channels) + channel];
                    }

                    difference += Math.Abs((sum / (double)(reduction * reduction)) - reduced[i]);
                }

                Assert.True(difference / reduced.Length < 5, $"{kind} 1/{reduction}: {difference / reduced.Length}");
            }
        }
    }

    private static byte[] Decode(Veil.Imaging.Jpeg.Coefficients.JpegCoefficients jpeg, int reduction)
    {
        var area = new PixelRect(0, 0, (jpeg.Width + reduction - 1) / reduction, (jpeg.Height + reduction - 1) / reduction);
        var pixels = new byte[area.Width * area.Height * jpeg.Channels];
        jpeg.Decode(reduction, area, pixels, area.Width * jpeg.Channels);
        return pixels;
    }
}
