using Veil.Imaging.Jpeg;

namespace Veil.Imaging.Tests.Jpeg;

public sealed class JpegQualityTests
{
    [Fact]
    public void Every_quality_of_the_encoder_is_recognised_in_its_output()
    {
        for (var quality = 1; quality <= 100; quality++)
        {
            var file = Pictures.Encode(PictureFormat.Jpeg, 17, 9, PixelFormat.Rgb24, new EncodeOptions { Quality = quality });
            Assert.Equal(quality, JpegHeader.Read(file).Quality);
        }
    }

    [Fact]
    public void Other_tables_lead_to_a_quality_that_is_no_coarser()
    {
        var random = new Random(5);
        for (var run = 0; run < 50; run++)
        {
            var step = random.Next(1, 60);
            var flat = Enumerable.Repeat((ushort)step, 64).ToArray();
            var quality = JpegQuality.Estimate(flat, flat);
            var written = Pictures.Encode(PictureFormat.Jpeg, 9, 9, PixelFormat.Rgb24, new EncodeOptions { Quality = quality });
            Assert.InRange(SumOfSteps(written), 0, 2 * 64 * step);
        }
    }

    [Theory]
    [InlineData(ChromaSubsampling.None, false)]
    [InlineData(ChromaSubsampling.Quarter, false)]
    [InlineData(ChromaSubsampling.Quarter, true)]
    public void Quality_subsampling_and_scans_are_those_of_the_source(ChromaSubsampling chroma, bool progressive)
    {
        foreach (var quality in (int[])[30, 75, 95])
        {
            var coding = new JpegTraits(quality, chroma, progressive);
            using var picture = Pictures.Create(
                new PictureTraits(PictureFormat.Jpeg, 67, 41, 1, PixelFormat.Rgb24) { Jpeg = coding }, Pictures.Paint(67, 41, PixelFormat.Rgb24));
            using var decoded = Picture.Decode(picture.Encode());
            Assert.Equal(coding, decoded.Traits.Jpeg);
        }
    }

    [Fact]
    public void Rarer_subsampling_is_written_in_full_resolution()
    {
        using var picture = Pictures.Create(
            new PictureTraits(PictureFormat.Jpeg, 67, 41, 1, PixelFormat.Rgb24) { Jpeg = new JpegTraits(80, ChromaSubsampling.Other, false) },
            Pictures.Paint(67, 41, PixelFormat.Rgb24));
        Assert.Equal(ChromaSubsampling.None, JpegHeader.Read(picture.Encode()).Chroma);
    }

    [Fact]
    public void A_header_cut_anywhere_is_read_without_failing()
    {
        var file = Pictures.Encode(PictureFormat.Jpeg, 17, 9, PixelFormat.Rgb24);
        for (var length = 0; length <= file.Length; length++)
        {
            Assert.InRange(JpegHeader.Read(file.AsSpan(0, length)).Quality, 1, 100);
        }
    }

    private static int SumOfSteps(byte[] file)
    {
        var sum = 0;
        for (var at = 2; file[at + 1] != 0xDA; at += 2 + ((file[at + 2] << 8) | file[at + 3]))
        {
            if (file[at + 1] == 0xDB)
            {
                var length = ((file[at + 2] << 8) | file[at + 3]) - 2;
                for (var i = 0; i < length; i++)
                {
                    sum += i % 65 == 0 ? 0 : file[at + 4 + i];
                }
            }
        }

        return sum;
    }
}
