using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Somebody who does not exist, in the same place, pose and light.</summary>
public sealed class SyntheticAnonymizer : SceneAnonymizer
{
    private readonly IPersonSynthesis _faces;
    private readonly Lazy<IPersonSynthesis> _bodies;
    private readonly SyntheticBody _body;

    private SyntheticAnonymizer(IPersonSynthesis faces, Lazy<IPersonSynthesis> bodies, SyntheticBody body) => (_faces, _bodies, _body) = (faces, bodies, body);

    /// <summary>The method's description.</summary>
    /// <param name="engines">Supplies generated faces and networks.</param>
    public static AnonymizerDescriptor Describe(MethodEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return AnonymizerDescriptor.Of<SyntheticOptions>(
            "synthetic", "the generated face of somebody who does not exist, in the same place, pose and light; of bodies, a dressed figure", Guarantee.Synthetic,
            options => Create(options, engines)) with
        {
            Needs = MethodNeeds.FacePoints | MethodNeeds.PeopleOnly | MethodNeeds.Occluders,
            Shape = RegionShape.Face,
            BodyModels = options => ((SyntheticOptions)options).Bodies == SyntheticBody.Removed ? [InpaintAnonymizer.Model] : [InpaintAnonymizer.Model, "pose-landmark-full", "selfie-multiclass"],
            Models = options => ((SyntheticOptions)options) is { Engine: SyntheticEngine.Bank, Generator: "" } ? engines.GeneratedFaceModels : [],
        };
    }

    /// <inheritdoc/>
    public override bool Removes => _body == SyntheticBody.Removed;

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region.Kind == RegionKind.Body ? _bodies.Value.Reads(region, mask) : _faces.Reads(region, mask);
    }

    /// <inheritdoc/>
    public override IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered)
    {
        ArgumentNullException.ThrowIfNull(covered);
        var (bodies, faces) = Divide(covered);
        return [.. bodies.Count > 0 ? _bodies.Value.ReadsFor([.. bodies.Select(i => covered[i])]) : [], .. _faces.ReadsFor([.. faces.Select(i => covered[i])])];
    }

    /// <inheritdoc/>
    protected override void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(canvases);
        var (bodies, faces) = Divide(scene.Covered);
        if (faces.Select(i => canvases[i].Region.Kind).Where(kind => kind is not (RegionKind.Face or RegionKind.Head)).ToList() is [var other, ..])
        {
            throw new VeilException(
                VeilErrorCode.AnonymizationFailed, $"synthetic covers people only, but received a region of kind {RegionJson.NameOf(other)}.", "Find people only, or cover other things with another method, e.g. veil.");
        }

        if (bodies.Count > 0)
        {
            _bodies.Value.Draw(scene, [.. bodies.Select(i => canvases[i])]);
        }

        if (faces.Count > 0)
        {
            _faces.Draw(scene, [.. faces.Select(i => canvases[i])]);
        }
    }

    /// <inheritdoc/>
    public override IAnonymizer ForFilm() => new SyntheticAnonymizer(_faces.ForFilm(), new Lazy<IPersonSynthesis>(() => _bodies.Value.ForFilm()), _body);

    private static SyntheticAnonymizer Create(SyntheticOptions options, MethodEngines engines)
    {
        var bank = engines.GeneratedFaces(options.Sampling, options.Truncation);
        return new SyntheticAnonymizer(new BankFaces(options, bank), new Lazy<IPersonSynthesis>(() => new SyntheticBodies(options, engines, () => bank)), options.Bodies);
    }

    /// <summary>Which regions are bodies or lie in one, and which do not.</summary>
    private static (List<int> Bodies, List<int> Others) Divide(IReadOnlyList<CoveredRegion> covered)
    {
        var (bodies, others) = (new List<int>(), new List<int>());
        var whole = covered.Where(one => one.Region.Kind == RegionKind.Body).ToList();
        for (var i = 0; i < covered.Count; i++)
        {
            (covered[i].Region.Kind == RegionKind.Body || whole.Exists(body => covered[i].Mask.LiesMostlyIn(body.Mask)) ? bodies : others).Add(i);
        }

        return (bodies, others);
    }
}
