using System.ComponentModel;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="SolidAnonymizer"/>.</summary>
public sealed record SolidOptions : MethodOptions
{
    /// <summary>The colour. Default black.</summary>
    [Description("colour, #rrggbb or a name")]
    public Rgb Color { get; init; } = Rgb.Black;
}

/// <summary>One colour over the region.</summary>
public sealed class SolidAnonymizer : PaintingAnonymizer
{
    private readonly SolidOptions _options;

    private SolidAnonymizer(SolidOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<SolidOptions>(
        "solid", "one flat colour; nothing of the original is left", Guarantee.Irreversible,
        options => new SolidAnonymizer(options),
        assess: null,
        new MethodPreset("face-replace/black-bar", "face-replace, black bar: the whole face box in black", new SolidOptions())
        {
            Policy = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 },
        },
        new MethodPreset("deepprivacy2/mask-out", "DeepPrivacy2, mask-out: mid-grey 128 over the tight box", new SolidOptions { Color = new Rgb(128, 128, 128) })
        {
            Policy = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 },
        });

    /// <inheritdoc/>
    protected override void Paint(RegionCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        for (var y = 0; y < canvas.Height; y++)
        {
            MemoryMarshal.Cast<byte, Rgb>(canvas.Target.Row(y)).Fill(_options.Color);
        }
    }
}
