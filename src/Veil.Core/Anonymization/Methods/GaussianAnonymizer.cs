using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="GaussianAnonymizer"/>.</summary>
public sealed record GaussianOptions : MethodOptions, IValidatableObject
{
    /// <summary>Standard deviation. 0.01..2 of the longer side, or 0.1..2000 px; default 0.3.</summary>
    [LengthRange(0.01, 2, 0.1, 2000), Description("standard deviation of the blur")]
    public Length Sigma { get; init; } = Length.Relative(0.3f);

    /// <summary>Kernel columns and rows in pixels, odd, where the kernel is cut off. 0..4095; default 0: at three sigma.</summary>
    [Range(0, 4095), Description("kernel size in pixels, odd; 0 takes three sigma to each side")]
    public int KernelSize { get; init; }

    /// <summary>Columns that the region is resized to before the blur, and back after. 0..2048; default 0: not resized.</summary>
    [Range(0, 2048), Description("columns that the region is resized to for the blur; 0 leaves its size")]
    public int ResizeWidth { get; init; }

    /// <summary>Rows that the region is resized to before the blur, and back after. 0..2048; default 0: not resized.</summary>
    [Range(0, 2048), Description("rows that the region is resized to for the blur; 0 leaves its size")]
    public int ResizeHeight { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KernelSize != 0 && KernelSize % 2 == 0)
        {
            yield return new ValidationResult($"Expected kernel-size to be odd, or 0, but received {KernelSize}.", [nameof(KernelSize)]);
        }

        if ((ResizeWidth == 0) != (ResizeHeight == 0))
        {
            yield return new ValidationResult($"Expected resize-width and resize-height together, but received {ResizeWidth} and {ResizeHeight}.", [nameof(ResizeWidth)]);
        }
    }
}

/// <summary>Gaussian blur. Taps see the region's crop only, mirrored at its border, and write only into the region.</summary>
public sealed class GaussianAnonymizer : FilteringAnonymizer
{
    private static readonly MeasuredStrength[] Measured = [new(0.05f, 0.885f), new(0.1f, 0.322f), new(0.2f, 0.092f), new(0.3f, 0.049f), new(0.5f, 0.027f)];

    private readonly GaussianOptions _options;

    private GaussianAnonymizer(GaussianOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe()
    {
        var tight = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 };
        var sigma7 = new GaussianOptions { Sigma = Length.Pixels(7), KernelSize = 21 };
        return AnonymizerDescriptor.Of<GaussianOptions>(
            "gaussian", "a Gaussian blur; weak when its sigma is small", Guarantee.Obfuscating,
            options => new GaussianAnonymizer(options),
            options => MeasuredStrength.Assess(
                "Gaussian sigma",
                options.ResizeWidth > 0 && options.Sigma.Unit == LengthUnit.Pixels
                    ? Length.Relative(options.Sigma.Value / Math.Max(options.ResizeWidth, options.ResizeHeight))
                    : options.Sigma,
                Measured),
            new MethodPreset("face-replace/blur", "face-replace, blur: 99x99, sigma 30, in the face box", new GaussianOptions { Sigma = Length.Pixels(30), KernelSize = 99 }) { Policy = tight },
            new MethodPreset("techniques/gaussian", "Techniques for Anonymizing Faces: 75x75, sigma 30 both ways, in the face box", new GaussianOptions { Sigma = Length.Pixels(30), KernelSize = 75 }) { Policy = tight },
            new MethodPreset("data-anonymization/gaussian", "data-anonymization, Gaussian: sigma 7 with its automatic kernel of 43, on whole pictures", new GaussianOptions { Sigma = Length.Pixels(7), KernelSize = 43 }) { Finds = RegionKind.Image },
            new MethodPreset("deepprivacy2/gaussian-face", "DeepPrivacy2, Gaussian on faces: sigma 7, kernel 21 on the crop resized to 128x128", sigma7 with { ResizeWidth = 128, ResizeHeight = 128 }) { Policy = tight },
            new MethodPreset("deepprivacy2/gaussian-face-256", "DeepPrivacy2, Gaussian on faces: sigma 7, kernel 21 on the crop resized to 256x256", sigma7 with { ResizeWidth = 256, ResizeHeight = 256 }) { Policy = tight },
            new MethodPreset("deepprivacy2/gaussian-body", "DeepPrivacy2, Gaussian on bodies: sigma 7, kernel 21 on the crop resized to 288 rows of 160", sigma7 with { ResizeWidth = 160, ResizeHeight = 288 }) { Policy = tight with { Shape = RegionShape.Outline, Otherwise = RegionShape.Box }, Finds = RegionKind.Body }) with
        {
            Strengths = ["sigma=0.5", "sigma=0.3", "sigma=0.2", "sigma=0.1", "sigma=0.05"],
        };
    }

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        if (_options.ResizeWidth == 0)
        {
            Blur(source, canvas.Target, canvas.LongSide);
            return;
        }

        // The visible part of the region takes its share of the size asked for.
        var width = Share(_options.ResizeWidth, canvas.Width, canvas.Box.Width);
        var height = Share(_options.ResizeHeight, canvas.Height, canvas.Box.Height);
        using var resized = new PixelBuffer(width, height, PixelFormat.Rgb24);
        Resampler.Apply(source.Span, source.Stride, source.Width, source.Height, resized.Span, resized.Stride, width, height, 3, Resampling.Area);
        Blur(resized, resized, Math.Max(_options.ResizeWidth, _options.ResizeHeight));
        var target = canvas.Target;
        Resampler.Apply(resized.Span, resized.Stride, width, height, target.Span, target.Stride, target.Width, target.Height, 3, Resampling.Bilinear);
    }

    private void Blur(PixelBuffer source, PixelBuffer target, float side)
    {
        // A kernel much wider than the crop is its mean already; the limit bounds the work for a region far larger than the picture.
        var sigma = Math.Min(_options.Sigma.Resolve(side), 2f * Math.Max(source.Width, source.Height));
        var radius = _options.KernelSize == 0 ? GaussianBlur.RadiusFor(sigma) : _options.KernelSize / 2;
        GaussianBlur.Apply(source.Span, source.Stride, target.Span, target.Stride, source.Width, source.Height, 3, sigma, radius);
    }

    private static int Share(int size, int visible, float whole) => (int)Math.Clamp(MathF.Round(size * (visible / Math.Max(whole, 1))), 1, 4096);
}
