namespace Veil.Imaging.Jpeg;

/// <summary>
/// The IJG library's quality scale: tables of T.81 Annex K, scaled as jpeg_set_quality does (jcparam.c of the IJG
/// library). Zigzag order, as in the file.
/// </summary>
internal static class JpegQuality
{
    private static ReadOnlySpan<byte> Luma =>
    [
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
        56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
    ];

    private static ReadOnlySpan<byte> Chroma =>
    [
        17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>
    /// The quality whose tables equal the given ones; where none does, the lowest whose sum of steps is not above theirs
    /// in either table, so that nothing is quantised coarser on the whole.
    /// </summary>
    /// <param name="luma">64 steps of the first component.</param>
    /// <param name="chroma">64 steps of the second; null for grey pictures.</param>
    public static int Estimate(ReadOnlySpan<ushort> luma, ReadOnlySpan<ushort> chroma)
    {
        var nearest = 100;
        for (var quality = 100; quality >= 1; quality--)
        {
            var (lumaSum, lumaEqual) = Compare(Luma, luma, quality);
            var (chromaSum, chromaEqual) = chroma.IsEmpty ? (0, true) : Compare(Chroma, chroma, quality);
            if (lumaEqual && chromaEqual)
            {
                return quality;
            }

            if (lumaSum <= 0 && chromaSum <= 0)
            {
                nearest = quality;
            }
        }

        return nearest;
    }

    // By how much the scaled table's steps exceed the given ones in all, and whether both are the same.
    private static (int Excess, bool Equal) Compare(ReadOnlySpan<byte> standard, ReadOnlySpan<ushort> given, int quality)
    {
        var scale = quality < 50 ? 5000 / quality : 200 - (quality * 2);
        var excess = 0;
        var equal = true;
        for (var i = 0; i < 64; i++)
        {
            var step = Math.Clamp(((standard[i] * scale) + 50) / 100, 1, 255);
            excess += step - given[i];
            equal &= step == given[i];
        }

        return (excess, equal);
    }
}
