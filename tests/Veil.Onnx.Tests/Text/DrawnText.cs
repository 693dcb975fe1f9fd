using Veil.Imaging;

namespace Veil.Onnx.Tests.Text;

/// <summary>Capitals and digits drawn from dots, 5 by 7, so that tests need no font.</summary>
internal static class DrawnText
{
    private static readonly Dictionary<char, string> Glyphs = new()
    {
        ['A'] = "01110 10001 10001 11111 10001 10001 10001",
        ['E'] = "11111 10000 10000 11110 10000 10000 11111",
        ['H'] = "10001 10001 10001 11111 10001 10001 10001",
        ['L'] = "10000 10000 10000 10000 10000 10000 11111",
        ['T'] = "11111 00100 00100 00100 00100 00100 00100",
        ['X'] = "10001 10001 01010 00100 01010 10001 10001",
        ['2'] = "01110 10001 00001 00110 01000 10000 11111",
        ['4'] = "00010 00110 01010 10010 11111 00010 00010",
        ['7'] = "11111 00001 00010 00100 01000 01000 01000",
        [' '] = "00000 00000 00000 00000 00000 00000 00000",
    };

    /// <summary>Black writing on a light picture.</summary>
    /// <param name="text">What is written; letters that are known here.</param>
    /// <param name="dot">Side of a dot: letters are 7 dots high.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="left">Left edge of the text.</param>
    /// <param name="top">Upper edge of the text.</param>
    public static PixelBuffer Draw(string text, int dot, int width, int height, int left, int top)
    {
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        picture.Span.Fill(225);
        for (var i = 0; i < text.Length; i++)
        {
            var rows = Glyphs[text[i]].Split(' ');
            for (var y = 0; y < 7 * dot; y++)
            {
                for (var x = 0; x < 5 * dot; x++)
                {
                    if (rows[y / dot][x / dot] == '1')
                    {
                        picture.Row(top + y).Slice(3 * (left + (6 * dot * i) + x), 3).Fill(20);
                    }
                }
            }
        }

        return picture;
    }

    /// <summary>The same turned clockwise by a quarter, so often.</summary>
    public static PixelBuffer Turn(PixelBuffer picture, int quarters)
    {
        var turned = picture.Clone();
        for (var i = 0; i < quarters; i++)
        {
            var from = turned;
            turned = new PixelBuffer(from.Height, from.Width, PixelFormat.Rgb24);
            for (var y = 0; y < turned.Height; y++)
            {
                for (var x = 0; x < turned.Width; x++)
                {
                    from.Row(from.Height - 1 - x).Slice(3 * y, 3).CopyTo(turned.Row(y)[(3 * x)..]);
                }
            }

            from.Dispose();
        }

        return turned;
    }
}
