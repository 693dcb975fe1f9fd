using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Somebody who does not exist, in the same place, pose and light.</summary>
public sealed class SyntheticAnonymizer : SceneAnonymizer
{
    /// <summary>The face inpainter's id in the model manifest.</summary>
    public const string Inpainter = "face-inpainter";

    private readonly IPersonSynthesis _faces;
    private readonly IPersonSynthesis? _bodies;

    private SyntheticAnonymizer(IPersonSynthesis faces, IPersonSynthesis? bodies) => (_faces, _bodies) = (faces, bodies);

    /// <summary>The method's description.</summary>
    /// <param name="engines">Supplies generated faces and networks.</param>
    public static AnonymizerDescriptor Describe(MethodEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return AnonymizerDescriptor.Of<SyntheticOptions>(
            "synthetic", "the generated face of somebody who does not exist, in the same place, pose and light", Guarantee.Synthetic,
            options => Create(options, engines), SyntheticWarnings.Assess, [.. SyntheticPresets.All]) with
        {
            Needs = MethodNeeds.FacePoints | MethodNeeds.PeopleOnly,
            Shape = RegionShape.Face,
            Models = options => options is SyntheticOptions { Engine: SyntheticEngine.Inpainter, Generator: "" } ? [Inpainter] : [],
            Files = options => ((SyntheticOptions)options).Generator is { Length: > 0 } file ? [file] : [],
        };
    }

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        return For(region.Kind).Reads(region, mask);
    }

    /// <inheritdoc/>
    public override IAnonymizer ForFilm()
    {
        var faces = _faces.ForFilm();
        return new SyntheticAnonymizer(faces, _bodies == _faces ? faces : _bodies?.ForFilm());
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RegionCanvas> Order(IReadOnlyList<RegionCanvas> canvases) => PasteOrder.Of(canvases);

    /// <inheritdoc/>
    protected override void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        foreach (var group in canvases.GroupBy(canvas => For(canvas.Region.Kind)).ToList())
        {
            group.Key.Draw(scene, [.. group]);
        }
    }

    private static SyntheticAnonymizer Create(SyntheticOptions options, MethodEngines engines)
    {
        if (options.Generator.Length > 0)
        {
            var crops = new GeneratedCrops(options, engines.OpenGenerator(options.Generator));
            return new SyntheticAnonymizer(crops, crops);
        }

        return new SyntheticAnonymizer(
            options.Engine == SyntheticEngine.Inpainter ? new GeneratedCrops(options, engines.FaceInpainter()) : new BankFaces(options, engines.GeneratedFaces()), null);
    }

    private IPersonSynthesis For(RegionKind kind) => kind switch
    {
        RegionKind.Face or RegionKind.Head => _faces,
        RegionKind.Body when _bodies is not null => _bodies,
        _ => throw new VeilException(
            VeilErrorCode.AnonymizationFailed,
            $"synthetic covers {(_bodies is null ? "faces" : "faces and bodies")} only, but received a region of kind {RegionJson.NameOf(kind)}.",
            "Find nothing else, or cover other things with another method, e.g. veil."),
    };
}
