namespace Veil.Imaging.Metadata.Containers;

/// <summary>Takes a file apart into its blocks, by its format. Never throws: what is broken ends the reading.</summary>
internal static class MetadataBlocks
{
    /// <summary>A file with more is hostile or broken; the rest is not looked at.</summary>
    public const int Most = 10_000;

    public static IReadOnlyList<MetadataBlock> Read(ReadOnlySpan<byte> file, PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => JpegBlocks.Read(file),
        PictureFormat.Png => PngBlocks.Read(file),
        PictureFormat.WebP => WebPBlocks.Read(file),
        PictureFormat.Gif => GifBlocks.Read(file),
        PictureFormat.Tiff => TiffBlocks.Read(file),
        PictureFormat.Avif or PictureFormat.Heif => IsoMediaBlocks.Read(file),
        PictureFormat.Bmp => BmpBlocks.Read(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a known picture format."),
    };

    /// <summary>The bytes after a picture, if there are any, and the second picture or video that they hold, as motion photos do.</summary>
    public static void AddTrailing(List<MetadataBlock> blocks, string where, ReadOnlySpan<byte> trailing)
    {
        if (!trailing.IsEmpty)
        {
            var found = PictureSignature.First(trailing);
            blocks.Add(MetadataBlock.Of(BlockKind.Trailing, where + " after the end", "", trailing));
            if (found >= 0)
            {
                blocks.Add(MetadataBlock.Of(BlockKind.Picture, where + " after the end", "", trailing[found..]));
            }
        }
    }
}
