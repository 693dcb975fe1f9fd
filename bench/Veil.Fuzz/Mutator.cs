using System.Buffers.Binary;

namespace Veil.Fuzz;

/// <summary>Changes bytes the way hostile and damaged files differ from sound ones. The same random numbers give the same bytes.</summary>
internal static class Mutator
{
    private static readonly uint[] Extremes = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE];
    private static readonly string[] Numbers = ["0", "-1", "1e308", "-1e308", "1e-320", "2147483647", "-2147483648", "99999999999999999999", "0.5", "null", "true", "\"\"", "[]", "{}", "16777215"];

    /// <summary>A changed copy.</summary>
    /// <param name="seed">What to start from.</param>
    /// <param name="other">What to splice in.</param>
    /// <param name="random">Decides everything.</param>
    public static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var bytes = seed.ToArray();
        for (var left = random.Next(1, 7); left > 0 && bytes.Length > 0; left--)
        {
            bytes = random.Next(12) switch
            {
                0 or 1 => FlipBits(bytes, random),
                2 => SetBytes(bytes, random),
                3 => bytes[..random.Next(bytes.Length)],
                4 => Splice(bytes, other, random),
                5 => Repeat(bytes, random),
                6 => Remove(bytes, random),
                7 => EditNumber(bytes, random.Next(bytes.Length), random),
                8 => EditNumber(bytes, random.Next(Math.Min(bytes.Length, 64)), random),
                9 => EditLength(bytes, random),
                10 => EditDimensions(bytes, random),
                _ => EditText(bytes, random),
            };
        }

        // A file of no known kind is turned away at once: most cases keep the first bytes that tell it.
        if (random.Next(10) != 0)
        {
            seed.AsSpan(0, Math.Min(12, Math.Min(seed.Length, bytes.Length))).CopyTo(bytes);
        }

        // Otherwise the checksum would turn nearly every change of a PNG away at the door.
        if (random.Next(4) != 0)
        {
            PngChecksums.Mend(bytes);
        }

        return bytes;
    }

    private static byte[] FlipBits(byte[] bytes, Random random)
    {
        for (var left = random.Next(1, 9); left > 0; left--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    private static byte[] SetBytes(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 17), bytes.Length - at)));
        return bytes;
    }

    private static byte[] Splice(byte[] bytes, byte[] other, Random random)
    {
        var from = random.Next(other.Length);
        var part = other.AsSpan(from, Math.Min(random.Next(1, 4096), other.Length - from));
        var at = random.Next(bytes.Length);
        return [.. bytes.AsSpan(0, at), .. part, .. bytes.AsSpan(random.Next(2) == 0 ? at : Math.Min(bytes.Length, at + part.Length))];
    }

    private static byte[] Repeat(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var part = bytes.AsSpan(at, Math.Min(random.Next(1, 512), bytes.Length - at)).ToArray();
        return [.. bytes.AsSpan(0, at), .. Enumerable.Repeat(part, random.Next(2, 20)).SelectMany(copy => copy), .. bytes.AsSpan(at)];
    }

    private static byte[] Remove(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + random.Next(1, 512)))];
    }

    private static byte[] EditNumber(byte[] bytes, int at, Random random)
    {
        var value = random.Next(3) == 0 ? (uint)random.Next() : Extremes[random.Next(Extremes.Length)] + (uint)random.Next(-2, 3);
        var width = random.Next(3) switch { 0 => 1, 1 => 2, _ => 4 };
        var number = new byte[4];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value << (32 - (8 * width)));
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        }

        number.AsSpan(0, Math.Min(width, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>Looks for a number that could be the length of a chunk, a box, a strip or a marker, and changes it a little.</summary>
    private static byte[] EditLength(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        for (var at = start; at + 4 <= bytes.Length && at < start + 4096; at++)
        {
            var span = bytes.AsSpan(at, 4);
            var (big, little) = (BinaryPrimitives.ReadUInt32BigEndian(span), BinaryPrimitives.ReadUInt32LittleEndian(span));
            var delta = (uint)random.Next(-9, 10);
            if (big > 1 && big <= bytes.Length - at)
            {
                BinaryPrimitives.WriteUInt32BigEndian(span, big + delta);
                return bytes;
            }

            if (little > 1 && little <= bytes.Length - at)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(span, little + delta);
                return bytes;
            }

            if (bytes[at] == 0xFF && bytes[at + 1] is >= 0xC0 and not 0xFF)
            {
                BinaryPrimitives.WriteUInt16BigEndian(span[2..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(span[2..]) + delta));
                return bytes;
            }
        }

        return bytes;
    }

    private static byte[] EditDimensions(byte[] bytes, Random random)
    {
        var at = bytes switch
        {
            [0x89, (byte)'P', ..] => 16,
            [(byte)'G', (byte)'I', ..] => 6,
            [(byte)'B', (byte)'M', ..] => 18,
            [(byte)'R', (byte)'I', ..] => 24,
            [0xFF, 0xD8, ..] => FrameOfJpeg(bytes) + 5,
            _ => bytes.AsSpan().IndexOf("ispe"u8) is var box and >= 0 ? box + 8 : random.Next(bytes.Length),
        };
        return at < bytes.Length ? EditNumber(bytes, Math.Min(bytes.Length - 1, at + random.Next(8)), random) : bytes;
    }

    private static int FrameOfJpeg(byte[] bytes)
    {
        for (var at = 2; at + 10 < bytes.Length; at++)
        {
            if (bytes[at] == 0xFF && bytes[at + 1] is 0xC0 or 0xC1 or 0xC2)
            {
                return at;
            }
        }

        return 0;
    }

    /// <summary>Replaces a number or word of a text, as far as there is one.</summary>
    private static byte[] EditText(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        while (start < bytes.Length && !char.IsAsciiLetterOrDigit((char)bytes[start]))
        {
            start++;
        }

        var end = start;
        while (end < bytes.Length && char.IsAsciiLetterOrDigit((char)bytes[end]))
        {
            end++;
        }

        return [.. bytes.AsSpan(0, start), .. System.Text.Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]), .. bytes.AsSpan(end)];
    }
}
