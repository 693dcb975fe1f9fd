using System.Buffers.Binary;

namespace Veil.Imaging.Jpeg;

/// <summary>
/// Reads how a JPEG was coded from its marker segments (ITU-T T.81, Annex B): quantisation tables and sampling factors.
/// Never throws: what is missing or broken leaves the defaults, the decoder judges the file.
/// </summary>
internal static class JpegHeader
{
    private const int QualityWithoutTables = 90;

    public static JpegTraits Read(ReadOnlySpan<byte> file)
    {
        var tables = new ushort[4][];
        var chroma = ChromaSubsampling.None;
        var progressive = false;
        Span<byte> tableOfComponent = stackalloc byte[4];
        var components = 0;

        // Every table that the first scan needs comes before it.
        var segments = new MarkerSegments(file);
        while (segments.MoveNext())
        {
            if (segments.Marker == 0xDB)
            {
                ReadTables(segments.Payload, tables);
            }
            else if (segments.Marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                progressive = segments.Marker is 0xC2 or 0xC6 or 0xCA or 0xCE;
                components = ReadSampling(segments.Payload, tableOfComponent, out chroma);
            }
        }

        var quality = QualityWithoutTables;
        if (components > 0 && tables[tableOfComponent[0] & 3] is { } luma)
        {
            quality = JpegQuality.Estimate(luma, components > 1 && tableOfComponent[1] != tableOfComponent[0] ? tables[tableOfComponent[1] & 3] : null);
        }

        return new JpegTraits(quality, chroma, progressive);
    }

    private static void ReadTables(ReadOnlySpan<byte> segment, ushort[]?[] tables)
    {
        while (segment.Length > 0)
        {
            var wide = segment[0] >> 4 != 0;
            var size = 1 + (wide ? 128 : 64);
            if (segment.Length < size)
            {
                return;
            }

            var table = new ushort[64];
            for (var i = 0; i < 64; i++)
            {
                table[i] = wide ? BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * i))..]) : segment[1 + i];
            }

            tables[segment[0] & 3] = table;
            segment = segment[size..];
        }
    }

    private static int ReadSampling(ReadOnlySpan<byte> segment, Span<byte> tableOfComponent, out ChromaSubsampling chroma)
    {
        chroma = ChromaSubsampling.None;
        var components = segment.Length >= 6 ? segment[5] : 0;
        if (components is 0 or > 4 || segment.Length < 6 + (3 * components))
        {
            return 0;
        }

        for (var i = 0; i < components; i++)
        {
            tableOfComponent[i] = segment[6 + (3 * i) + 2];
        }

        if (components < 3)
        {
            return components;
        }

        var (first, second, third) = (segment[7], segment[10], segment[13]);
        chroma = (first, second, third) switch
        {
            (0x22, 0x11, 0x11) => ChromaSubsampling.Quarter,
            _ when first == second && second == third => ChromaSubsampling.None,
            _ => ChromaSubsampling.Other,
        };
        return components;
    }
}
