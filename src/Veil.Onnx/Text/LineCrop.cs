using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Text;

/// <summary>
/// A line of writing, turned upright and brought to the height that the reading network wants: blue first, −1..1. Each value
/// is the mean of as many bilinear samples as it stands for picture pixels; the picture's border is repeated outside.
/// </summary>
internal static class LineCrop
{
    /// <summary>Rows of the network's input.</summary>
    public const int Height = 48;

    /// <summary>Shorter lines leave the rest of the input grey.</summary>
    private const int SmallestWidth = 96;

    /// <summary>Longer lines are squeezed: 40 times as long as high.</summary>
    private const int LargestWidth = 40 * Height;

    /// <summary>Samples along each side of one value at most.</summary>
    private const int MostSamples = 8;

    /// <summary>Fills the network's input.</summary>
    /// <param name="image">The picture, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="line">Where the line lies.</param>
    /// <param name="target">Is resized.</param>
    public static void Fill(PixelBuffer image, RotatedBox line, InputTensor target)
    {
        var columns = (int)Math.Clamp(MathF.Round(Height * line.Width / Math.Max(line.Height, 1e-3f)), 1, LargestWidth);
        target.Resize(Math.Max(columns, SmallestWidth), Height);
        target.Values.Clear();
        var (right, down) = (line.Along * 2 / columns, line.Across * 2 / Height);
        var (across, along) = (Samples(right), Samples(down));
        var share = 1f / (across * along);
        for (var y = 0; y < Height; y++)
        {
            var blue = target.Row(0, y);
            var green = target.Row(1, y);
            var red = target.Row(2, y);
            for (var x = 0; x < columns; x++)
            {
                var sum = Vector3.Zero;
                for (var j = 0; j < along; j++)
                {
                    for (var i = 0; i < across; i++)
                    {
                        sum += Sample(image, line.Center - line.Along - line.Across + (right * (x + ((i + 0.5f) / across))) + (down * (y + ((j + 0.5f) / along))));
                    }
                }

                var value = (sum * share / 127.5f) - Vector3.One;
                (blue[x], green[x], red[x]) = (value.Z, value.Y, value.X);
            }
        }
    }

    private static int Samples(Vector2 step) => Math.Clamp((int)MathF.Ceiling(step.Length()), 1, MostSamples);

    private static Vector3 Sample(PixelBuffer image, Vector2 at)
    {
        var place = Vector2.Clamp(at - new Vector2(0.5f), Vector2.Zero, new Vector2(image.Width - 1, image.Height - 1));
        var (x, y) = ((int)place.X, (int)place.Y);
        var (next, below) = (Math.Min(x + 1, image.Width - 1), Math.Min(y + 1, image.Height - 1));
        var upper = MemoryMarshal.Cast<byte, Rgb>(image.Row(y));
        var lower = MemoryMarshal.Cast<byte, Rgb>(image.Row(below));
        return Vector3.Lerp(
            Vector3.Lerp(Values(upper[x]), Values(upper[next]), place.X - x),
            Vector3.Lerp(Values(lower[x]), Values(lower[next]), place.X - x),
            place.Y - y);
    }

    private static Vector3 Values(Rgb pixel) => new(pixel.R, pixel.G, pixel.B);
}
