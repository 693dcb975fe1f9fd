using Veil.Imaging;

namespace Veil.Reidentification;

/// <summary>
/// What an attacker without a network compares: mean colours of 16×16 cells. Against a veil it is the strongest of the
/// three, since it sees the tone without any distraction.
/// </summary>
internal static class Thumbnail
{
    private const int Cells = 16;

    public static float[] Of(PixelBuffer face)
    {
        var sums = new float[Cells * Cells * 3];
        for (var y = 0; y < face.Height; y++)
        {
            var row = face.Row(y);
            for (var x = 0; x < face.Width; x++)
            {
                var cell = ((y * Cells / face.Height * Cells) + (x * Cells / face.Width)) * 3;
                for (var c = 0; c < 3; c++)
                {
                    sums[cell + c] += row[(x * 3) + c];
                }
            }
        }

        return sums;
    }
}
