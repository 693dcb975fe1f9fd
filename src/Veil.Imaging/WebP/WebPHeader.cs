using System.Buffers.Binary;

namespace Veil.Imaging.WebP;

/// <summary>
/// Reads how a WebP was coded: container chunks (RFC 9649) and the quantiser of lossy frames (RFC 6386, 9.6).
/// Never throws: what is missing or broken leaves the defaults, the decoder judges the file.
/// </summary>
internal static class WebPHeader
{
    private const int QualityWithoutQuantiser = 80;

    public static WebPTraits Read(ReadOnlySpan<byte> file)
    {
        var (lossless, quality) = (false, 0);
        Walk(file.Length > 12 ? file[12..] : [], ref lossless, ref quality);
        return quality > 0 ? new WebPTraits(false, quality) : lossless ? new WebPTraits(true, 100) : new WebPTraits(false, QualityWithoutQuantiser);
    }

    private static void Walk(ReadOnlySpan<byte> chunks, ref bool lossless, ref int quality)
    {
        while (chunks.Length >= 8)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            var body = chunks.Slice(8, (int)Math.Min(size, (uint)(chunks.Length - 8)));
            if (chunks.StartsWith("VP8L"u8))
            {
                lossless = true;
            }
            else if (chunks.StartsWith("VP8 "u8))
            {
                quality = Math.Max(quality, Vp8Quantiser.Quality(body) ?? QualityWithoutQuantiser);
            }
            else if (chunks.StartsWith("ANMF"u8) && body.Length > 16)
            {
                Walk(body[16..], ref lossless, ref quality);
            }

            var next = 8 + (long)size + (size & 1);
            if (next >= chunks.Length)
            {
                return;
            }

            chunks = chunks[(int)next..];
        }
    }
}
