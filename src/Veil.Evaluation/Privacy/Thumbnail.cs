using Veil.Imaging;

namespace Veil.Evaluation.Privacy;

/// <summary>
/// What an attacker without a network compares: mean colours of 16×16 cells. Against a method that leaves colours alone he is
/// the strongest, since nothing distracts him.
/// </summary>
public static class Thumbnail
{
    private const int Cells = 16;

    /// <summary>The sums of an aligned face's cells, red, green and blue. Thread-safe.</summary>
    /// <param name="face">Rgb24, of the same size as all that it is compared with.</param>
    public static float[] Of(PixelBuffer face)
    {
        var sums = new float[Cells * Cells * 3];
        for (var y = 0; y < face.Height; y++)
        {
            var row = face.Row(y);
            for (var x = 0; x < face.Width; x++)
            {
                var cell = ((y * Cells / face.Height * Cells) + (x * Cells / face.Width)) * 3;
                for (var channel = 0; channel < 3; channel++)
                {
                    sums[cell + channel] += row[(x * 3) + channel];
                }
            }
        }

        return sums;
    }
}
