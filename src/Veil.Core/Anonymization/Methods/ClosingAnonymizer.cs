using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="ClosingAnonymizer"/>.</summary>
public sealed record ClosingOptions : MethodOptions
{
    /// <summary>Side of the square of ones. 0.01..1 of the longer side, or 1..999 px; default 0.15.</summary>
    [LengthRange(0.01, 1, 1, 999), Description("side of the square kernel")]
    public Length Kernel { get; init; } = Length.Relative(0.15f);

    /// <summary>Dilations. 0..16; default 2.</summary>
    [Range(0, 16), Description("how often bright areas grow")]
    public int Dilations { get; init; } = 2;

    /// <summary>Erosions after them. 0..16; default 2: a closing as the textbook has it.</summary>
    [Range(0, 16), Description("how often they shrink again")]
    public int Erosions { get; init; } = 2;
}

/// <summary>Morphology: bright areas swallow dark details.</summary>
public sealed class ClosingAnonymizer : FilteringAnonymizer
{
    private readonly ClosingOptions _options;

    private ClosingAnonymizer(ClosingOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<ClosingOptions>(
        "closing", "morphological closing: bright areas swallow dark details; hides badly", Guarantee.Obfuscating,
        options => new ClosingAnonymizer(options),
        _ => MeasuredStrength.Always("Closing keeps the shapes of a face (measured at its defaults; .438 with a 7×7 kernel)", 0.061f),
        new MethodPreset("data-anonymization/closing", "data-anonymization, closing as its code does it: 7x7 ones, two dilations, one erosion; on whole pictures", new ClosingOptions { Kernel = Length.Pixels(7), Dilations = 2, Erosions = 1 }) { Finds = RegionKind.Image },
        new MethodPreset("data-anonymization/closing-true", "data-anonymization, closing as its text says: 7x7 ones, two dilations, two erosions; on whole pictures", new ClosingOptions { Kernel = Length.Pixels(7), Dilations = 2, Erosions = 2 }) { Finds = RegionKind.Image }) with
    {
        Strengths = ["kernel=0.3", "", "kernel=0.0625"],
    };

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        var side = (int)Math.Min(_options.Kernel.Resolve(canvas.LongSide), 2 * Math.Max(canvas.Width, canvas.Height)) | 1;
        var target = canvas.Target;
        using var dilated = new PixelBuffer(canvas.Width, canvas.Height, PixelFormat.Rgb24);
        Morphology.Dilate(source.Span, source.Stride, dilated.Span, dilated.Stride, canvas.Width, canvas.Height, 3, side, _options.Dilations);
        Morphology.Erode(dilated.Span, dilated.Stride, target.Span, target.Stride, canvas.Width, canvas.Height, 3, side, _options.Erosions);
    }
}
