using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>What a TIFF holds beside its first picture. The file itself is the structure that EXIF fields stand in.</summary>
internal static class TiffBlocks
{
    public static List<MetadataBlock> Read(ReadOnlySpan<byte> file)
    {
        var blocks = new List<MetadataBlock>();
        if (TiffStructure.Read(file) is not { } structure)
        {
            return blocks;
        }

        blocks.Add(MetadataBlock.Of(BlockKind.Exif, "TIFF", "", file));
        foreach (var directory in structure.Directories)
        {
            foreach (var field in directory.Fields)
            {
                var content = file.Slice(field.Offset, field.Length);
                BlockKind? kind = field.Tag switch
                {
                    ExifTags.Xmp => BlockKind.Xmp,
                    ExifTags.Iptc => BlockKind.Iptc,
                    ExifTags.Photoshop => BlockKind.Photoshop,
                    ExifTags.Icc => BlockKind.Profile,
                    _ => null,
                };
                if (kind is { } found && blocks.Count < MostBlocks)
                {
                    blocks.Add(MetadataBlock.Of(found, "TIFF", "", content));
                }
            }
        }

        if (structure.End > 0 && structure.End + 1 < file.Length)
        {
            MetadataBlocks.AddTrailing(blocks, "TIFF", file[(int)structure.End..]);
        }

        return blocks;
    }

    // Each is a copy, and hostile files let many fields share one large value.
    private const int MostBlocks = 16;
}
