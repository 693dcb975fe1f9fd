using Veil.Anonymization.Methods;
using Veil.Kernels;

namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>What a blurring method did to an area: which kernel, on a picture of which size.</summary>
/// <param name="Width">Columns of the picture that was blurred.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Across">The kernel along rows.</param>
/// <param name="Down">The kernel along columns.</param>
internal sealed record BlurModel(int Width, int Height, BlurKernel Across, BlurKernel Down)
{
    // Networks see 112 pixels: of a larger area no more is worth restoring, and restoring costs the cube of the side.
    private const int LargestSide = 256;

    public static BlurModel Of(GaussianOptions options, BlurredArea area)
    {
        var resized = options.ResizeWidth > 0;
        var (width, height) = resized
            ? (Share(options.ResizeWidth, area.Width, area.BoxWidth), Share(options.ResizeHeight, area.Height, area.BoxHeight))
            : (area.Width, area.Height);
        var side = resized ? Math.Max(options.ResizeWidth, options.ResizeHeight) : area.LongSide;
        var sigma = Math.Min(options.Sigma.Resolve(side), 2f * Math.Max(width, height));
        var radius = options.KernelSize == 0 ? GaussianBlur.RadiusFor(sigma) : options.KernelSize / 2;
        return Reduced(width, height, scale => BlurKernel.Gaussian(sigma * scale, Math.Min(radius, (int)Math.Ceiling(4.0 * sigma)) * scale));
    }

    public static BlurModel Of(BoxOptions options, BlurredArea area)
    {
        var side = (int)Math.Min(options.Kernel.Resolve(area.LongSide), 2 * Math.Max(area.Width, area.Height)) | 1;
        return Reduced(area.Width, area.Height, scale => BlurKernel.Box(side * scale));
    }

    private static BlurModel Reduced(int width, int height, Func<float, BlurKernel> kernel)
    {
        var scale = Math.Min(1, (float)LargestSide / Math.Max(width, height));
        var (w, h) = ((int)Math.Max(1, MathF.Round(width * scale)), (int)Math.Max(1, MathF.Round(height * scale)));
        return new BlurModel(w, h, kernel((float)w / width), kernel((float)h / height));
    }

    private static int Share(int size, int visible, float whole) => (int)Math.Clamp(MathF.Round(size * (visible / Math.Max(whole, 1))), 1, 4096);
}

/// <summary>The part of a picture that a method blurred.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="BoxWidth">Columns of the region, which may reach over the picture's border.</param>
/// <param name="BoxHeight">Its rows.</param>
internal readonly record struct BlurredArea(int Width, int Height, float BoxWidth, float BoxHeight)
{
    /// <summary>What relative strengths refer to.</summary>
    public float LongSide => Math.Max(1, Math.Max(BoxWidth, BoxHeight));
}
