namespace Veil.Imaging.Jpeg;

/// <summary>Tells the warnings of the IJG library (jerror.h) that cost pixels from those that do not.</summary>
internal static class JpegWarnings
{
    private static readonly string[] Losses =
    [
        "premature end", // of data segment; of JPEG file
        "bad Huffman code",
        "bad arithmetic code",
        "instead of RST",
    ];

    private static readonly string[] Harmless =
    [
        "extraneous bytes before marker",
        "Unknown Adobe color transform",
        "unknown JFIF revision",
        "Inconsistent progression sequence",
        "Invalid SOS parameters for sequential",
        "bad ICC marker",
    ];

    /// <summary>False when every message is one that leaves all pixels as they should be.</summary>
    /// <param name="message">Messages as libvips reports them.</param>
    public static bool LosePixels(string message) =>
        Losses.Any(loss => message.Contains(loss, StringComparison.OrdinalIgnoreCase))
        || !Harmless.Any(remark => message.Contains(remark, StringComparison.OrdinalIgnoreCase));
}
