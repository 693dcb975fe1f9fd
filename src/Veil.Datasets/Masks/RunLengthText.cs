using System.Text;

namespace Veil.Datasets.Masks;

/// <summary>
/// COCO's compressed run lengths: like LEB128, but five bits and a continuation bit to a character from '0' (48) to 'o' (111),
/// least significant first, signed; from the fourth on, a length is written as its difference to the one two before it.
/// </summary>
internal static class RunLengthText
{
    private const int First = '0';
    private const int Continues = 0x20;
    private const int Sign = 0x10;
    private const int Value = 0x1f;
    private const int MostCharacters = 7;

    public static string Encode(ReadOnlySpan<uint> counts)
    {
        var text = new StringBuilder(counts.Length * 2);
        for (var i = 0; i < counts.Length; i++)
        {
            var left = i > 2 ? counts[i] - (long)counts[i - 2] : counts[i];
            bool more;
            do
            {
                var bits = (int)(left & Value);
                left >>= 5;
                more = (bits & Sign) != 0 ? left != -1 : left != 0;
                text.Append((char)((more ? bits | Continues : bits) + First));
            }
            while (more);
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">Cut short, other characters, or a length that no mask has.</exception>
    public static uint[] Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var counts = new List<uint>(text.Length / 2);
        for (var i = 0; i < text.Length;)
        {
            long value = 0;
            for (var k = 0; ; k++)
            {
                if (i == text.Length)
                {
                    throw new FormatException("Expected the rest of a run length, but the text ends amid it.");
                }

                var bits = text[i++] - First;
                if (bits is < 0 or > 0x3f || k == MostCharacters)
                {
                    throw new FormatException($"Expected compressed run lengths, but character {i} ('{text[i - 1]}') is none of theirs, or a length is too long.");
                }

                value |= (long)(bits & Value) << (5 * k);
                if ((bits & Continues) == 0)
                {
                    value |= (bits & Sign) != 0 ? -1L << (5 * (k + 1)) : 0;
                    break;
                }
            }

            value += counts.Count > 2 ? counts[^2] : 0;
            counts.Add(value is >= 0 and <= uint.MaxValue ? (uint)value : throw new FormatException($"Expected run lengths of 0 or more, but number {counts.Count} is {value}."));
        }

        return [.. counts];
    }
}
