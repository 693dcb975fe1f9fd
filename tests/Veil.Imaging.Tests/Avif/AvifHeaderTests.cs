using Veil.Imaging.Avif;

namespace Veil.Imaging.Tests.Avif;

public sealed class AvifHeaderTests
{
    [Theory]
    [InlineData(31, 17)]
    [InlineData(700, 90)]
    public void Quality_of_the_encoder_is_recognised_in_its_output(int width, int height)
    {
        foreach (var quality in (int[])[5, 25, 45, 75, 85, 100])
        {
            var file = Pictures.Encode(PictureFormat.Avif, width, height, PixelFormat.Rgb24, new EncodeOptions { Quality = quality });
            Assert.InRange(AvifHeader.Read(file).Quality, quality - 2, quality + 2);
        }
    }

    [Theory]
    [InlineData(ChromaSubsampling.None)]
    [InlineData(ChromaSubsampling.Quarter)]
    public void Quality_and_chroma_are_those_of_the_source(ChromaSubsampling chroma)
    {
        using var picture = Pictures.Create(
            new PictureTraits(PictureFormat.Avif, 67, 41, 1, PixelFormat.Rgb24) { Avif = new AvifTraits(60, chroma) }, Pictures.Paint(67, 41, PixelFormat.Rgb24));
        using var decoded = Picture.Decode(picture.Encode());
        Assert.Equal(new AvifTraits(60, chroma), decoded.Traits.Avif);
    }

    [Fact]
    public void A_header_cut_anywhere_is_read_without_failing()
    {
        var file = Pictures.Encode(PictureFormat.Avif, 31, 17, PixelFormat.Rgb24);
        for (var length = 0; length <= file.Length; length++)
        {
            Assert.InRange(AvifHeader.Read(file.AsSpan(0, length)).Quality, 1, 100);
        }
    }
}
