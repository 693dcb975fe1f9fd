using Veil.Regions;
using Veil.Writing;

namespace Veil.Detection.Plates;

/// <summary>What writing must look like to be a registration plate, and how far the plate reaches around it.</summary>
internal static class PlateShape
{
    /// <summary>Length by height of the writing on plates of one or two rows, with room for tilt and for what light swallows.</summary>
    private const float ShortestAspect = 1.2f;
    private const float LongestAspect = 9;

    /// <summary>Letters and digits of the shortest and longest plates, with room for screws and seals read as characters.</summary>
    private const int FewestCharacters = 3;
    private const int MostCharacters = 12;

    /// <summary>From the writing to the rim, as a share of the writing's height; reaching further hid no more plates (docs/plates-and-text.md).</summary>
    private const float RimAlong = 0.15f;
    private const float RimAcross = 0.05f;

    /// <summary>Whether a line has the shape of what is written on a plate.</summary>
    public static bool Fits(RotatedBox line)
    {
        var aspect = Math.Max(line.Width, line.Height) / Math.Min(line.Width, line.Height);
        return aspect is >= ShortestAspect and <= LongestAspect;
    }

    /// <summary>Whether a line may be a plate by what it says; what was not read for sure may.</summary>
    /// <param name="reading">What it says.</param>
    /// <param name="certainty">From which a reading counts, 0..1; 1 believes none.</param>
    public static bool MayBe(LineReading reading, float certainty)
    {
        if (!(reading.Certainty >= certainty) || certainty >= 1)
        {
            return true;
        }

        var characters = reading.Text.Count(char.IsLetterOrDigit);
        return reading.Text.Any(char.IsDigit) && characters is >= FewestCharacters and <= MostCharacters;
    }

    /// <summary>The plate around a line.</summary>
    public static RotatedBox Around(RotatedBox line)
    {
        var (longer, shorter) = line.Width >= line.Height ? (line, line.Height) : (line.Turned(), line.Width);
        return longer with
        {
            Along = longer.Along * (1 + (2 * RimAlong * shorter / longer.Width)),
            Across = longer.Across * (1 + (2 * RimAcross)),
        };
    }
}
