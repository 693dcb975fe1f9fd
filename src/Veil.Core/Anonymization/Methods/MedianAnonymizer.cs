using System.ComponentModel;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="MedianAnonymizer"/>.</summary>
public sealed record MedianOptions : MethodOptions
{
    /// <summary>Side of the window. 0.01..2 of the longer side, or 1..4095 px; default 0.5.</summary>
    [LengthRange(0.01, 2, 1, 4095), Description("side of the window")]
    public Length Kernel { get; init; } = Length.Relative(0.5f);
}

/// <summary>Median filter, channel by channel.</summary>
public sealed class MedianAnonymizer : FilteringAnonymizer
{
    private readonly MedianOptions _options;

    private MedianAnonymizer(MedianOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<MedianOptions>(
        "median", "a median filter; keeps large shapes, so it hides badly", Guarantee.Obfuscating,
        options => new MedianAnonymizer(options),
        options => MeasuredStrength.Assess("Median window", options.Kernel, [new(0.3f, 0.187f), new(0.5f, 0.096f)]),
        new MethodPreset("techniques/median", "Techniques for Anonymizing Faces: median; it states no size, 75 is that of its Gaussian", new MedianOptions { Kernel = Length.Pixels(75) })
        {
            Policy = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 },
        }) with
    {
        Strengths = ["kernel=0.5", "kernel=0.3", "kernel=0.15"],
    };

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        var radius = (int)Math.Min(_options.Kernel.Resolve(canvas.LongSide) / 2, Math.Min(Math.Max(canvas.Width, canvas.Height), 16_000));
        var target = canvas.Target;
        MedianFilter.Apply(source.Span, source.Stride, target.Span, target.Stride, canvas.Width, canvas.Height, 3, radius);
    }
}
