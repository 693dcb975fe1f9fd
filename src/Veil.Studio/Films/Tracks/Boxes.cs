using Veil.Regions;

namespace Veil.Studio.Films.Tracks;

/// <summary>Boxes between boxes, and boxes that are held.</summary>
internal static class Boxes
{
    /// <summary>What a held box grows by on each side with every frame, as a share of its size: nobody knows how far somebody has gone.</summary>
    private const float GrowthEachFrame = 0.01f;
    private const float MostGrowth = 0.5f;

    /// <summary>A box on the way from one to another: its centre on a straight line, its size by a steady factor.</summary>
    /// <param name="from">At 0.</param>
    /// <param name="to">At 1.</param>
    /// <param name="part">0..1.</param>
    public static Box Between(Box from, Box to, double part)
    {
        var width = Scaled(from.Width, to.Width, part);
        var height = Scaled(from.Height, to.Height, part);
        var x = double.Lerp(from.CenterX, to.CenterX, part);
        var y = double.Lerp(from.CenterY, to.CenterY, part);
        return new Box((float)(x - (width / 2)), (float)(y - (height / 2)), (float)(x + (width / 2)), (float)(y + (height / 2)));
    }

    /// <summary>A box that stays where it is and grows.</summary>
    /// <param name="box">Where it was last.</param>
    /// <param name="frames">How many frames ago.</param>
    public static Box Held(Box box, int frames) => box.Grow(Math.Min(MostGrowth, GrowthEachFrame * frames));

    private static double Scaled(float from, float to, double part) => Math.Exp(double.Lerp(Math.Log(from), Math.Log(to), part));
}
