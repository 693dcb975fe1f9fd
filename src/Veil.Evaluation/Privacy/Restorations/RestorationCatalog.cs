using Veil.Anonymization.Methods;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>Which restoration suits a method. A restoration is one file and one line here.</summary>
public static class RestorationCatalog
{
    /// <summary>The restoration; null where none is known: nothing is left to restore, or what is left is no blur and no mosaic.</summary>
    /// <param name="treatment">A method with its settings.</param>
    public static IRestoration? For(Treatment treatment)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        return treatment.Options switch
        {
            GaussianOptions gaussian => new Deblurring(area => BlurModel.Of(gaussian, area)),
            BoxOptions box => new Deblurring(area => BlurModel.Of(box, area)),
            PixelateOptions { Style: PixelateStyle.Blocks, Grid: not 1 } blocks => new CellInterpolation(blocks),
            _ => null,
        };
    }
}
