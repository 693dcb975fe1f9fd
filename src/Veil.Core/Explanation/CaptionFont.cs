using Veil.Imaging;

namespace Veil.Explanation;

/// <summary>
/// Capital letters, digits and a few signs of five by seven dots, so that a sheet's captions need no font on the machine.
/// </summary>
internal static class CaptionFont
{
    public const int Height = 7;
    private const int Width = 5;
    private const int Advance = Width + 1;

    // One string of seven hexadecimal pairs per glyph: a row's five dots, the leftmost in bit 4.
    private static readonly Dictionary<char, string> Glyphs = new()
    {
        ['A'] = "0E11111F111111", ['B'] = "1E11111E11111E", ['C'] = "0E11101010110E", ['D'] = "1C12111111121C",
        ['E'] = "1F10101E10101F", ['F'] = "1F10101E101010", ['G'] = "0E11101711110F", ['H'] = "1111111F111111",
        ['I'] = "0E04040404040E", ['J'] = "0702020202120C", ['K'] = "11121418141211", ['L'] = "1010101010101F",
        ['M'] = "111B1515111111", ['N'] = "11111915131111", ['O'] = "0E11111111110E", ['P'] = "1E11111E101010",
        ['Q'] = "0E11111115120D", ['R'] = "1E11111E141211", ['S'] = "0F10100E01011E", ['T'] = "1F040404040404",
        ['U'] = "1111111111110E", ['V'] = "11111111110A04", ['W'] = "1111111515150A", ['X'] = "11110A040A1111",
        ['Y'] = "1111110A040404", ['Z'] = "1F01020408101F", ['0'] = "0E11131519110E", ['1'] = "040C040404040E",
        ['2'] = "0E11010204081F", ['3'] = "1F02040201110E", ['4'] = "02060A121F0202", ['5'] = "1F101E0101110E",
        ['6'] = "0608101E11110E", ['7'] = "1F010204080808", ['8'] = "0E11110E11110E", ['9'] = "0E11110F01020C",
        ['-'] = "0000001F000000", ['.'] = "00000000000C0C", [' '] = "00000000000000",
    };

    /// <summary>Width of a text in pixels.</summary>
    public static int Measure(string text, int scale) => Math.Max(0, (text.Length * Advance) - 1) * scale;

    /// <summary>Draws a text in one grey level over an Rgb24 picture; unknown signs stay blank, what reaches over the border is cut.</summary>
    public static void Draw(PixelBuffer target, string text, int left, int top, int scale, byte level)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Glyphs.TryGetValue(char.ToUpperInvariant(text[i]), out var glyph))
            {
                DrawGlyph(target, glyph, left + (i * Advance * scale), top, scale, level);
            }
        }
    }

    private static void DrawGlyph(PixelBuffer target, string glyph, int left, int top, int scale, byte level)
    {
        var dots = Convert.FromHexString(glyph);
        for (var y = 0; y < Height * scale; y++)
        {
            for (var x = 0; x < Width * scale; x++)
            {
                var (column, row) = (left + x, top + y);
                if ((dots[y / scale] >> (Width - 1 - (x / scale)) & 1) == 1
                    && column >= 0 && column < target.Width && row >= 0 && row < target.Height)
                {
                    target.Row(row).Slice(column * 3, 3).Fill(level);
                }
            }
        }
    }
}
