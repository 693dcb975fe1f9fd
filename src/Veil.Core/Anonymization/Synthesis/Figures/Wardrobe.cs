using System.Numerics;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>
/// Plain clothes, drawn by chance: of what was worn nothing is taken. Colours are red, green and blue, 0..255, as in even light.
/// </summary>
/// <param name="Upper">Of shirt and sleeves.</param>
/// <param name="Lower">Of trousers.</param>
/// <param name="Shoes">Of shoes.</param>
/// <param name="ShortSleeves">Whether forearms are bare.</param>
/// <param name="ShortTrousers">Whether shins are.</param>
internal sealed record Wardrobe(Vector3 Upper, Vector3 Lower, Vector3 Shoes, bool ShortSleeves, bool ShortTrousers)
{
    // Muted and mostly dark, as people in streets are: chosen by eye, with weights in hundredths.
    private static readonly (int Weight, Vector3 Colour)[] Uppers =
    [
        (16, new(38, 38, 42)), (14, new(214, 212, 206)), (14, new(126, 128, 132)), (12, new(40, 52, 84)), (10, new(66, 98, 146)), (8, new(122, 40, 44)),
        (8, new(178, 160, 132)), (6, new(88, 96, 66)), (6, new(150, 178, 204)), (6, new(96, 72, 56)),
    ];

    private static readonly (int Weight, Vector3 Colour)[] Lowers =
    [
        (36, new(62, 76, 104)), (26, new(40, 40, 44)), (14, new(78, 80, 84)), (10, new(44, 54, 82)), (8, new(152, 136, 110)), (6, new(86, 70, 58)),
    ];

    private static readonly (int Weight, Vector3 Colour)[] Soles = [(50, new(36, 34, 34)), (25, new(84, 66, 52)), (25, new(188, 186, 182))];

    /// <summary>Draws an outfit.</summary>
    public static Wardrobe Choose(ref SplitMix64 random) => new(
        Pick(Uppers, ref random), Pick(Lowers, ref random), Pick(Soles, ref random), random.Below(100) < 35, random.Below(100) < 8);

    private static Vector3 Pick((int Weight, Vector3 Colour)[] among, ref SplitMix64 random)
    {
        var left = random.Below(100);
        var lightness = 0.9f + (0.2f * random.NextFloat());
        foreach (var (weight, colour) in among)
        {
            if ((left -= weight) < 0)
            {
                return colour * lightness;
            }
        }

        return among[^1].Colour * lightness;
    }
}
