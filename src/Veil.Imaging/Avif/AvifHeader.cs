namespace Veil.Imaging.Avif;

/// <summary>
/// Reads how an AVIF was coded: chroma resolution from the codec configuration box (AV1-ISOBMFF 2.3), quality from the
/// quantiser of the first still picture. Never throws: what is missing or unusual leaves the defaults.
/// </summary>
internal static class AvifHeader
{
    private const int DefaultQuality = 75;

    // What the encoder writes: (quality, base_q_idx), measured over its whole scale; straight lines lie between.
    private static readonly (int Quality, int Index)[] Scale =
    [
        (1, 255), (10, 236), (20, 216), (30, 196), (40, 172), (50, 148), (60, 120), (70, 92), (75, 76), (80, 60), (90, 32), (95, 16), (100, 0),
    ];

    public static AvifTraits Read(ReadOnlySpan<byte> file)
    {
        const int halvedBothWays = 0b1100;
        var configuration = file.IndexOf("av1C"u8);
        var halved = configuration >= 0 && configuration + 7 <= file.Length && (file[configuration + 6] & halvedBothWays) == halvedBothWays;
        var data = file.IndexOf("mdat"u8);
        var index = data < 0 ? null : Av1Quantiser.ReadIndex(file[(data + 4)..]);
        return new AvifTraits(index is { } found ? ToQuality(found) : DefaultQuality, halved ? ChromaSubsampling.Quarter : ChromaSubsampling.None);
    }

    private static int ToQuality(int index)
    {
        for (var i = 1; i < Scale.Length; i++)
        {
            var (low, high) = (Scale[i - 1], Scale[i]);
            if (index >= high.Index)
            {
                var fraction = (low.Index - index) / (double)(low.Index - high.Index);
                return (int)Math.Ceiling(low.Quality + (fraction * (high.Quality - low.Quality)));
            }
        }

        return 100;
    }
}
