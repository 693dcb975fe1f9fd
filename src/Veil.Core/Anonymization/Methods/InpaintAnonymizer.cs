using System.ComponentModel;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>What fills the hole that a region leaves.</summary>
public enum InpaintEngine
{
    /// <summary>A network that was trained on places (MI-GAN): paints texture and structure.</summary>
    MiGan,

    /// <summary>Telea's fast marching: continues colours smoothly from the border. Light, and convincing on small holes only.</summary>
    Telea,
}

/// <summary>Settings of <see cref="InpaintAnonymizer"/>.</summary>
public sealed record InpaintOptions : MethodOptions
{
    /// <summary>What fills. Default <see cref="InpaintEngine.MiGan"/>.</summary>
    [Description("a network that paints, or Telea's smooth continuation: light, for small regions")]
    public InpaintEngine Engine { get; init; }

    /// <summary>How far Telea looks around a pixel; the network takes no notice. 0.001..0.5 of the longer side, or 1..100 px; default 5 px.</summary>
    [LengthRange(0.001, 0.5, 1, 100), Description("how far telea looks around a pixel")]
    public Length Radius { get; init; } = Length.Pixels(5);
}

/// <summary>
/// Removes a region and fills the place from what lies around it. Nothing that any region covers, soft edges included, is
/// ever looked at: the result depends on uncovered pixels alone.
/// </summary>
/// <remarks>
/// Regions that lie near each other are filled together, in one part of the picture, so that none serves another as
/// surroundings.
/// </remarks>
public sealed class InpaintAnonymizer : SceneAnonymizer
{
    /// <summary>The network's id in the model manifest.</summary>
    public const string Model = "migan";

    /// <summary>OpenCV's Telea limits its radius to this.</summary>
    private const float WidestRadius = 100;

    private readonly InpaintOptions _options;
    private readonly MethodEngines _engines;
    private readonly Inpainter? _network;

    private InpaintAnonymizer(InpaintOptions options, MethodEngines engines)
    {
        (_options, _engines) = (options, engines);
        if (options.Engine == InpaintEngine.MiGan)
        {
            _network = engines.MiGan();
        }
        else
        {
            // Not to be had here? That has to show before any picture is touched.
            _ = engines.Telea(1);
        }
    }

    /// <summary>The method's description.</summary>
    /// <param name="engines">Supplies the network and Telea's inpainting.</param>
    public static AnonymizerDescriptor Describe(MethodEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return AnonymizerDescriptor.Of<InpaintOptions>(
            "inpaint", "removed and filled in with background; for people, plates and things: of a face alone it makes a smear", Guarantee.Irreversible,
            options => new InpaintAnonymizer(options, engines)) with
        {
            Models = options => ((InpaintOptions)options).Engine == InpaintEngine.MiGan ? [Model] : [],
        };
    }

    /// <inheritdoc/>
    public override bool Removes(Region region) => true;

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(mask);
        return _network is not null ? SceneFill.NetworkReads(mask) : mask.Bounds.Inflate((int)MathF.Ceiling(RadiusFor(region)) + 2);
    }

    /// <inheritdoc/>
    public override IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered) => SceneFill.Together(covered.Select(one => Reads(one.Region, one.Mask))).Select(group => group.Area);

    /// <inheritdoc/>
    protected override void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(canvases);
        foreach (var (reads, members) in SceneFill.Together(scene.Covered.Select(one => Reads(one.Region, one.Mask))))
        {
            var area = reads.Intersect(scene.Original.Bounds);
            using var picture = SceneFill.Fill(scene, area, _network ?? _engines.Telea(members.Max(member => RadiusFor(scene.Covered[member].Region))));
            foreach (var canvas in members.Select(member => canvases[member]))
            {
                picture.View(canvas.Area.Offset(-area.Left, -area.Top)).CopyTo(canvas.Target);
            }
        }
    }

    private float RadiusFor(Region region) => Math.Clamp(_options.Radius.Resolve(Math.Max(1, region.Box.LongSide)), 1, WidestRadius);
}
