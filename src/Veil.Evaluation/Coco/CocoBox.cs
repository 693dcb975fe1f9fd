using Veil.Regions;

namespace Veil.Evaluation.Coco;

/// <summary>A box in COCO's form and precision: left, top, width and height in pixel-edge coordinates.</summary>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct CocoBox(double X, double Y, double Width, double Height)
{
    /// <summary>Square pixels.</summary>
    public double Area => Width * Height;

    /// <summary>The same box.</summary>
    public static CocoBox From(Box box) => new(box.Left, box.Top, (double)box.Right - box.Left, (double)box.Bottom - box.Top);

    /// <summary>
    /// What a found box has in common with an annotated one: intersection over union, or over the found box alone where the
    /// annotation is a crowd (cocoapi, common/maskApi.c, bbIou).
    /// </summary>
    /// <param name="truth">The annotated box.</param>
    /// <param name="kind">What it is of.</param>
    /// <returns>0..1.</returns>
    public double Overlap(CocoBox truth, CocoTruthKind kind)
    {
        var width = Math.Min(Width + X, truth.Width + truth.X) - Math.Max(X, truth.X);
        var height = Math.Min(Height + Y, truth.Height + truth.Y) - Math.Max(Y, truth.Y);
        if (!(width > 0 && height > 0))
        {
            return 0;
        }

        var common = width * height;
        return common / (kind == CocoTruthKind.Crowd ? Area : Area + truth.Area - common);
    }
}
