using System.ComponentModel;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="BoxAnonymizer"/>.</summary>
public sealed record BoxOptions : MethodOptions
{
    /// <summary>Side of the averaged window. 0.01..2 of the longer side, or 1..4095 px; default 1.1.</summary>
    [LengthRange(0.01, 2, 1, 4095), Description("side of the averaged window")]
    public Length Kernel { get; init; } = Length.Relative(1.1f);
}

/// <summary>Averaging blur.</summary>
public sealed class BoxAnonymizer : FilteringAnonymizer
{
    private static readonly MeasuredStrength[] Measured = [new(0.25f, 0.952f), new(0.5f, 0.774f), new(0.7f, 0.670f), new(1.1f, 0.402f)];

    private readonly BoxOptions _options;

    private BoxAnonymizer(BoxOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<BoxOptions>(
        "box", "an averaging blur; weak when its window is small", Guarantee.Obfuscating,
        options => new BoxAnonymizer(options),
        options => MeasuredStrength.Assess("Box size", options.Kernel, Measured),
        new MethodPreset("techniques/box", "Techniques for Anonymizing Faces: averaging; it states no size, 75 is that of its Gaussian", new BoxOptions { Kernel = Length.Pixels(75) })
        {
            Policy = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 },
        }) with
    {
        Strengths = ["kernel=1.1", "kernel=0.7", "kernel=0.5", "kernel=0.25"],
    };

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        // A window is centred when odd; one twice the crop has seen all of it.
        var side = (int)Math.Min(_options.Kernel.Resolve(canvas.LongSide), Math.Min(2 * Math.Max(canvas.Width, canvas.Height), 32_000)) | 1;
        var target = canvas.Target;
        BoxBlur.Apply(source.Span, source.Stride, target.Span, target.Stride, canvas.Width, canvas.Height, 3, side);
    }
}
