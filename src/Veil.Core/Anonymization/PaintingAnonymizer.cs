using Veil.Imaging;

namespace Veil.Anonymization;

/// <summary>A method whose result cannot depend on the covered pixels, since it never sees them.</summary>
public abstract class PaintingAnonymizer : RegionAnonymizer
{
    /// <summary>Draws every pixel of the canvas's target. Called from several threads at once.</summary>
    /// <param name="canvas">Where to draw.</param>
    protected abstract void Paint(RegionCanvas canvas);

    private protected sealed override void Render(PixelBuffer image, RegionCanvas canvas) => Paint(canvas);
}
