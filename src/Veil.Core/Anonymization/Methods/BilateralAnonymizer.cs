using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="BilateralAnonymizer"/>.</summary>
public sealed record BilateralOptions : MethodOptions
{
    /// <summary>Diameter of the window. 0.01..0.5 of the longer side, or 1..99 px; default 0.2.</summary>
    [LengthRange(0.01, 0.5, 1, 99), Description("diameter of the window")]
    public Length Diameter { get; init; } = Length.Relative(0.2f);

    /// <summary>Standard deviation in grey levels: how different a neighbour may be and still count. 1..1000; default 150.</summary>
    [Range(1.0, 1000.0), Description("how different in grey levels a neighbour may be and still count")]
    public float SigmaColor { get; init; } = 150;

    /// <summary>Standard deviation of the distance. 0.01..1 of the longer side, or 0.5..999 px; default 0.1.</summary>
    [LengthRange(0.01, 1, 0.5, 999), Description("how far a neighbour may be and still count")]
    public Length SigmaSpace { get; init; } = Length.Relative(0.1f);
}

/// <summary>Edge-preserving bilateral filter. Here for comparison: it keeps what makes a face recognizable.</summary>
public sealed class BilateralAnonymizer : FilteringAnonymizer
{
    /// <summary>
    /// The cost grows with the square of the window. A relative window wider than this is computed on a reduced copy, so
    /// that it looks and costs the same at any resolution.
    /// </summary>
    private const int WidestRelativeWindow = 31;

    private readonly BilateralOptions _options;

    private BilateralAnonymizer(BilateralOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<BilateralOptions>(
        "bilateral", "an edge-preserving blur; keeps edges, so it hides almost nothing", Guarantee.Obfuscating,
        options => new BilateralAnonymizer(options),
        _ => MeasuredStrength.Always("A bilateral filter keeps the edges that make a face recognizable (measured at its defaults; .980 at 9/75/75)", 0.932f),
        new MethodPreset("techniques/bilateral", "Techniques for Anonymizing Faces: bilateral; it states no numbers, 9, 75 and 75 are the usual OpenCV example", new BilateralOptions { Diameter = Length.Pixels(9), SigmaColor = 75, SigmaSpace = Length.Pixels(75) })
        {
            Policy = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 },
        }) with
    {
        Strengths = ["", "diameter=9px:sigma-color=75:sigma-space=75px"],
    };

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        var target = canvas.Target;
        var diameter = _options.Diameter.Resolve(canvas.LongSide);
        var sigma = _options.SigmaSpace.Resolve(canvas.LongSide);
        if (_options.Diameter.Unit == LengthUnit.Pixels || diameter <= WidestRelativeWindow)
        {
            Filter(source, target, diameter, sigma);
            return;
        }

        var scale = WidestRelativeWindow / diameter;
        var width = Math.Max(1, (int)MathF.Round(canvas.Width * scale));
        var height = Math.Max(1, (int)MathF.Round(canvas.Height * scale));
        using var reduced = new PixelBuffer(width, height, PixelFormat.Rgb24);
        using var filtered = new PixelBuffer(width, height, PixelFormat.Rgb24);
        Resampler.Apply(source.Span, source.Stride, source.Width, source.Height, reduced.Span, reduced.Stride, width, height, 3, Resampling.Area);
        Filter(reduced, filtered, WidestRelativeWindow, sigma * scale);
        Resampler.Apply(filtered.Span, filtered.Stride, width, height, target.Span, target.Stride, target.Width, target.Height, 3, Resampling.Bilinear);
    }

    private void Filter(PixelBuffer source, PixelBuffer target, float diameter, float sigma) => BilateralFilter.Apply(
        source.Span, source.Stride, target.Span, target.Stride, source.Width, source.Height, 3, (int)Math.Max(1, diameter), _options.SigmaColor, sigma);
}
