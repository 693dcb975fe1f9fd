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

    private readonly Lazy<IPersonSynthesis> _faces;
    private readonly Lazy<IPersonSynthesis> _bodies;
    private readonly SyntheticOptions _options;

    private SyntheticAnonymizer(Lazy<IPersonSynthesis> faces, Lazy<IPersonSynthesis> bodies, SyntheticOptions options) =>
        (_faces, _bodies, _options) = (faces, bodies, options);

    // A generator of the user's own paints faces and bodies alike, in one go.
    private bool HasGenerator => _options.Generator.Length > 0;

    /// <summary>The method's description.</summary>
    /// <param name="engines">Supplies generated faces and networks.</param>
    public static AnonymizerDescriptor Describe(MethodEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return Describe(engines, method => method._faces) with { ForBodiesAlone = Describe(engines, method => method._bodies) with { Models = static _ => [] } };
    }

    /// <summary>Describes it.</summary>
    /// <param name="engines">Supplies generated faces and networks.</param>
    /// <param name="needed">What of it is needed for certain, and made with it: what is missing shows before any picture is touched.</param>
    private static AnonymizerDescriptor Describe(MethodEngines engines, Func<SyntheticAnonymizer, Lazy<IPersonSynthesis>> needed) =>
        AnonymizerDescriptor.Of<SyntheticOptions>(
            "synthetic", "the generated face of somebody who does not exist, in the same place, pose and light; of bodies, a dressed figure", Guarantee.Synthetic,
            options => Create(options, engines, needed), SyntheticWarnings.Assess, [.. SyntheticPresets.All]) with
        {
            Needs = MethodNeeds.FacePoints | MethodNeeds.PeopleOnly | MethodNeeds.Occluders,
            Shape = RegionShape.Face,
            SoftEdge = 0.04f,
            Strengths = ["", "engine=inpainter"],
            BodyModels = options => ((SyntheticOptions)options) switch
            {
                { Generator.Length: > 0 } => [],
                { Bodies: SyntheticBody.Removed } => [InpaintAnonymizer.Model],
                _ => [InpaintAnonymizer.Model, "pose-landmark-full", "selfie-multiclass", .. engines.GeneratedFaceModels()],
            },
            Models = options => ((SyntheticOptions)options) switch
            {
                { Generator.Length: > 0 } => [],
                { Engine: SyntheticEngine.Inpainter } => [Inpainter],
                _ => engines.GeneratedFaceModels(),
            },
            Files = options => ((SyntheticOptions)options).Generator is { Length: > 0 } file ? [file] : [],
        };

    /// <inheritdoc/>
    public override bool Removes(Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region.Kind == RegionKind.Body && _options.Bodies == SyntheticBody.Removed && !HasGenerator;
    }

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region.Kind == RegionKind.Body ? _bodies.Value.Reads(region, mask) : _faces.Value.Reads(region, mask);
    }

    /// <inheritdoc/>
    public override IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered)
    {
        ArgumentNullException.ThrowIfNull(covered);
        var (bodies, faces) = Divide(covered);
        return
        [
            .. bodies.Count > 0 ? _bodies.Value.ReadsFor([.. bodies.Select(i => covered[i])]) : [],
            .. faces.Count > 0 ? _faces.Value.ReadsFor([.. faces.Select(i => covered[i])]) : [],
        ];
    }

    /// <inheritdoc/>
    public override IAnonymizer ForFilm()
    {
        var faces = new Lazy<IPersonSynthesis>(() => _faces.Value.ForFilm());
        return new SyntheticAnonymizer(faces, HasGenerator ? faces : new Lazy<IPersonSynthesis>(() => _bodies.Value.ForFilm()), _options);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RegionCanvas> Order(IReadOnlyList<RegionCanvas> canvases)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        if (!HasGenerator && _options.Engine != SyntheticEngine.Inpainter)
        {
            return canvases;
        }

        var covered = canvases.Select(canvas => new CoveredRegion(canvas.Region, canvas.Mask)).ToList();
        var (bodies, faces) = Divide(covered);
        IEnumerable<int> order = HasGenerator
            ? PasteOrder.Of(covered).SelectMany(group => group)
            : bodies.Concat(PasteOrder.Of([.. faces.Select(i => covered[i])]).SelectMany(group => group).Select(i => faces[i]));
        return [.. order.Select(i => canvases[i])];
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

        if (HasGenerator)
        {
            _faces.Value.Draw(scene, canvases);
            return;
        }

        if (bodies.Count > 0)
        {
            _bodies.Value.Draw(scene, [.. bodies.Select(i => canvases[i])]);
        }

        if (faces.Count > 0)
        {
            _faces.Value.Draw(scene, [.. faces.Select(i => canvases[i])]);
        }
    }

    private static SyntheticAnonymizer Create(SyntheticOptions options, MethodEngines engines, Func<SyntheticAnonymizer, Lazy<IPersonSynthesis>> needed)
    {
        var bank = new Lazy<IReadOnlyList<GeneratedFace>>(() => engines.GeneratedFaces(options.Sampling, options.Truncation));
        var faces = new Lazy<IPersonSynthesis>(() => options switch
        {
            { Generator.Length: > 0 } => new GeneratedCrops(options, engines.OpenGenerator(options.Generator)),
            { Engine: SyntheticEngine.Inpainter } => new GeneratedCrops(options, engines.FaceInpainter()),
            _ => new BankFaces(options, bank.Value),
        });
        var bodies = options.Generator.Length > 0 ? faces : new Lazy<IPersonSynthesis>(() => new SyntheticBodies(options, engines, () => bank.Value));
        var method = new SyntheticAnonymizer(faces, bodies, options);
        _ = needed(method).Value;
        return method;
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
