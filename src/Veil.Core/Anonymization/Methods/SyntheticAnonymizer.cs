using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Somebody who does not exist, in the same place, pose and light.</summary>
public sealed class SyntheticAnonymizer : SceneAnonymizer
{
    private readonly IPersonSynthesis _faces;

    private SyntheticAnonymizer(IPersonSynthesis faces) => _faces = faces;

    /// <summary>The method's description.</summary>
    /// <param name="engines">Supplies generated faces and networks.</param>
    public static AnonymizerDescriptor Describe(MethodEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return AnonymizerDescriptor.Of<SyntheticOptions>(
            "synthetic", "the generated face of somebody who does not exist, in the same place, pose and light", Guarantee.Synthetic,
            options => new SyntheticAnonymizer(new BankFaces(options, engines.GeneratedFaces(options.Sampling, options.Truncation)))) with
        {
            Needs = MethodNeeds.FacePoints | MethodNeeds.FacesOnly,
            Shape = RegionShape.Face,
            Strengths = ["", "engine=inpainter"],
            Models = options => ((SyntheticOptions)options) is { Engine: SyntheticEngine.Bank, Generator: "" } ? engines.GeneratedFaceModels : [],
        };
    }

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask) => _faces.Reads(region, mask);

    /// <inheritdoc/>
    protected override void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases) => _faces.Draw(scene, canvases);
}
