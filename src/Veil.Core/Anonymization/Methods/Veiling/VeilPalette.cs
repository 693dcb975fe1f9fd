namespace Veil.Anonymization.Methods.Veiling;

/// <summary>
/// The sixteen tones that a veil can have: five levels of lightness, in four tints where tints can be told apart and in
/// two where it is too dark or too light for more. The number of the tone is all that a veil takes from a region.
/// </summary>
internal static class VeilPalette
{
    /// <summary>What a tone's number holds.</summary>
    public const int Bits = 4;

    /// <summary>How many tones there are.</summary>
    public const int Count = 1 << Bits;

    /// <summary>Middle grey.</summary>
    public const int Neutral = 7;

    // Luma, 0..255, at which the next level starts. Equal steps: narrower ones let a face be told by its exposure.
    private static readonly float[] LevelStarts = [64, 112, 160, 208];

    // Warmth (Cr − Cb) at which the next tint starts: cool, neutral, skin, warm.
    private static readonly float[] TintStarts = [-12, 8, 50];

    // Cr and Cb of the tints at middle lightness. Skin is drawn a little livelier than its mean: grey lips, hair and
    // shadows dull the mean, and a dull veil looks like clay. Warm light is drawn paler than it is: beside a face it looks
    // like orange paint.
    private static readonly (float Cr, float Cb)[] Tints = [(-9, 11), (0, 0), (20, -17), (26, -22)];

    // Luma drawn for each level, how far light and shade may go from it, and how much of the tint suits it.
    private static readonly (float Luma, float Contrast, float Tint)[] Levels =
        [(36, 0.45f, 0.3f), (90, 0.8f, 0.81f), (138, 1, 1), (184, 0.85f, 0.85f), (226, 0.5f, 0.45f)];

    /// <summary>The tone nearest to a mean colour.</summary>
    /// <param name="red">Mean red, 0..255.</param>
    /// <param name="green">Mean green, 0..255.</param>
    /// <param name="blue">Mean blue, 0..255.</param>
    /// <returns>0 to <see cref="Count"/> − 1.</returns>
    public static int Quantize(float red, float green, float blue)
    {
        var luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
        var warmth = ((red - luma) * 0.713f) - ((blue - luma) * 0.564f);
        var level = Above(LevelStarts, luma);
        var tint = Above(TintStarts, warmth);

        // 0, 1: darkest, neutral and warm; 2..13: three levels of four tints; 14, 15: lightest.
        return level switch
        {
            0 => tint / 2,
            4 => 14 + (tint / 2),
            _ => 2 + ((level - 1) * 4) + tint,
        };
    }

    /// <summary>How to draw a tone.</summary>
    /// <param name="tone">0 to <see cref="Count"/> − 1.</param>
    public static VeilInk Ink(int tone)
    {
        var (level, tint) = tone switch
        {
            < 2 => (0, 1 + tone),
            >= 14 => (4, tone - 13),
            _ => (1 + ((tone - 2) / 4), (tone - 2) % 4),
        };
        var (luma, contrast, share) = Levels[level];
        return VeilInk.Of(luma, Tints[tint].Cr * share, Tints[tint].Cb * share, contrast);
    }

    private static int Above(float[] starts, float value)
    {
        var count = 0;
        foreach (var start in starts)
        {
            count += value >= start ? 1 : 0;
        }

        return count;
    }
}
