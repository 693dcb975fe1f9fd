using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>The saver of each format with its settings: like the source where it had the same format, otherwise close to lossless.</summary>
internal static class Savers
{
    // Where the source gives no quality. High, since the pictures are originals.
    private const int JpegQuality = 92;
    private const int WebPQuality = 88;
    private const int AvifQuality = 75;

    // For lossless WebP this is how hard to compress, not how much to lose.
    private const int WebPLosslessSearch = 50;

    // Effort, where more of it buys little: on a photograph PNG level 6 saves 2 % over level 3, and one filter as much as
    // the choice among all; WebP effort 4 takes three times as long as 2 for 5 %; AVIF effort 4 takes ten times as long
    // as 1 for 15 %.
    private const int DeflateLevel = 3;
    private const int PngPaethFilter = 0x80;
    private const int WebPEffort = 2;
    private const int AvifEffort = 1;
    private const int HorizontalPredictor = 2;

    /// <summary>A saver, ready to run.</summary>
    public static VipsOperation Create(PictureFormat target, PictureTraits source, EncodeOptions options, VipsImage image)
    {
        var saver = target switch
        {
            PictureFormat.Jpeg => Jpeg(source, options),
            PictureFormat.Png => new VipsOperation("pngsave_buffer").Set("compression", DeflateLevel).Set("filter", PngPaethFilter),
            PictureFormat.WebP => WebP(source, options),
            PictureFormat.Tiff => Tiff(source),
            PictureFormat.Gif => new VipsOperation("gifsave_buffer"),
            PictureFormat.Avif => Avif(source, options),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Expected a format that libvips writes."),
        };
        return saver.Set("in", image).Set("keep", VipsKeep.IccProfile);
    }

    // Optimised Huffman tables, trellis quantisation and scan search of this JPEG library stay off: they cost far more
    // time than the few per cent of size they save.
    private static VipsOperation Jpeg(PictureTraits source, EncodeOptions options) => new VipsOperation("jpegsave_buffer")
        .Set("Q", options.Quality ?? source.Jpeg?.Quality ?? JpegQuality)
        .Set("subsample_mode", source.Jpeg?.Chroma == ChromaSubsampling.Quarter ? VipsSubsample.Halved : VipsSubsample.Full)
        .Set("interlace", source.Jpeg?.IsProgressive ?? false);

    private static VipsOperation WebP(PictureTraits source, EncodeOptions options)
    {
        var lossless = options.Quality is null && (source.WebP?.IsLossless ?? source.Format is PictureFormat.Png or PictureFormat.Gif);
        var saver = new VipsOperation("webpsave_buffer").Set("lossless", lossless).Set("effort", WebPEffort);
        return lossless
            ? saver.Set("Q", WebPLosslessSearch).Set("exact", true)
            : saver.Set("Q", options.Quality ?? source.WebP?.Quality ?? WebPQuality);
    }

    private static VipsOperation Tiff(PictureTraits source)
    {
        var compression = (source.Tiff ?? TiffCompression.Deflate) switch
        {
            TiffCompression.None => VipsTiffCompression.None,
            TiffCompression.Lzw => VipsTiffCompression.Lzw,
            TiffCompression.PackBits => VipsTiffCompression.PackBits,
            _ => VipsTiffCompression.Deflate,
        };
        var saver = new VipsOperation("tiffsave_buffer").Set("compression", compression).Set("level", DeflateLevel);
        return compression is VipsTiffCompression.Lzw or VipsTiffCompression.Deflate ? saver.Set("predictor", HorizontalPredictor) : saver;
    }

    private static VipsOperation Avif(PictureTraits source, EncodeOptions options) => new VipsOperation("heifsave_buffer")
        .Set("compression", VipsHeifCompression.Av1)
        .Set("Q", options.Quality ?? source.Avif?.Quality ?? AvifQuality)
        .Set("effort", AvifEffort)
        .Set("subsample_mode", source.Avif?.Chroma == ChromaSubsampling.Quarter ? VipsSubsample.Halved : VipsSubsample.Full)
        .Set("bitdepth", source.Pixels.BytesPerChannel() == 1 ? 8 : source.BitDepth <= 10 ? 10 : 12);
}
