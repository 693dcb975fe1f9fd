using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Anonymization.Faces;
using Veil.Anonymization.Methods.Veiling;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>How closely an average face follows the shape of the face it replaces.</summary>
public enum KSameShape
{
    /// <summary>It is turned, scaled and shifted to its place.</summary>
    Placed,

    /// <summary>It is also squeezed and sheared, as a head is that turns or nods.</summary>
    Turned,

    /// <summary>It is also bent, six numbers more.</summary>
    Bent,

    /// <summary>Its contours follow the face's own: jaw, brows, eyes, mouth. Expressions stay, and so does what shapes tell of a person.</summary>
    Followed,
}

/// <summary>Settings of <see cref="KSameAnonymizer"/>.</summary>
public sealed record KSameOptions : MethodOptions, IValidatableObject
{
    /// <summary>Folder of photos, each of one person. Required.</summary>
    [Description("folder of photos, each of one person, at least k people; required")]
    public string Gallery { get; init; } = "";

    /// <summary>How many people are in each average, at least. 2..100; default 10.</summary>
    [Range(2, 100), Description("people in each average, at least")]
    public int K { get; init; } = 10;

    /// <summary>
    /// How closely the average follows the face's shape. Default <see cref="KSameShape.Placed"/>: shapes tell people apart, see
    /// docs/ksame.md for how well.
    /// </summary>
    [Description("how closely the average follows the shape of the face")]
    public KSameShape Shape { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Gallery))
        {
            yield return new ValidationResult(
                "Expected a folder of photos in option gallery, but received none; e.g. generated portraits, or people who agreed to lend their faces.", [nameof(Gallery)]);
        }
    }
}

/// <summary>
/// The average face of k people or more of a gallery, in each face's place (k-Same: Newton, Sweeney and Malin, Preserving
/// Privacy by De-identifying Face Images, 2005).
/// </summary>
/// <remarks>
/// The gallery is divided into groups once, and each face takes the average of a group whose people look about the same way
/// and are about as bright; never one chosen by who it resembles. What is left of the face: its place, size and turn, one
/// of sixteen tones (as in <see cref="VeilAnonymizer"/>), and which of the gallery's averages suits. With a person or track
/// known, seed and person alone decide the average, so that it stays.
/// </remarks>
public sealed class KSameAnonymizer : SceneAnonymizer
{
    // So many averages suit about equally well: the seed chooses, and neighbours do not all look the same.
    private const int Suitable = 4;

    private readonly KSameOptions _options;
    private readonly FaceAverages _averages;

    private KSameAnonymizer(KSameOptions options, GalleryReader read) =>
        (_options, _averages) = (options, FaceAverages.Read(read(options.Gallery), options.Gallery, options.K));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Remarks => _averages.Remarks;

    /// <summary>The method's description.</summary>
    /// <param name="gallery">Reads the photos of a gallery; asked when the method is made, and fails then where faces cannot be found.</param>
    /// <param name="models">Ids of the models that it runs; none where that is not known.</param>
    public static AnonymizerDescriptor Describe(Func<GalleryReader> gallery, Func<IReadOnlyList<string>>? models = null) => AnonymizerDescriptor.Of<KSameOptions>(
        "ksame", "the average face of k people of a gallery; of the face only turn and tone are left", Guarantee.Synthetic,
        options => new KSameAnonymizer(options, gallery()),
        options => options.Shape == KSameShape.Followed
            ? new MethodWarning(
                "ksame with shape=followed keeps the contours of each face: with a recognition network they find the right person among 272 in 5.1 % of all cases (guessing: 0.4 %), measured with whole faces covered.",
                "Use shape=placed, the default, to keep less.")
            : null) with
    {
        Needs = MethodNeeds.FacePoints | MethodNeeds.FacesOnly | MethodNeeds.UsersFiles,
        Shape = RegionShape.Face,
        Strengths = ["k=20", "k=10", "k=5"],
        Models = _ => models?.Invoke() ?? [],
        Files = options => [((KSameOptions)options).Gallery],
    };

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return mask.Bounds.Inflate(FaceBlend.Margin);
    }

    /// <inheritdoc/>
    protected override void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(canvases);
        FacesOnly.Check("ksame", canvases);
        foreach (var canvas in canvases)
        {
            Draw(scene, canvas);
        }
    }

    private void Draw(CoveredScene scene, RegionCanvas canvas)
    {
        var domain = FaceBlend.Domain(scene, canvas);
        var box = canvas.Region.Box.Offset(-domain.Left, -domain.Top);
        var shape = FaceShape.Of(canvas.Region).Map(point => new(point.X - domain.Left, point.Y - domain.Top));
        using var covered = scene.Original.View(canvas.Area);
        var ink = VeilPalette.Ink(VeilMeter.Measure(canvas, covered));
        var tone = ColourStatistics.Opponents(ink.Base.X, ink.Base.Y, ink.Base.Z);

        var average = Choose(canvas, FaceLook.Of(shape, tone.X));
        var face = shape.Yaw < 0 ? average.Mirrored : average.Picture;
        using var patch = new PixelBuffer(domain.Width, domain.Height, PixelFormat.Rgb24);
        FaceWarp.Draw(face, patch, _options.Shape == KSameShape.Followed ? shape : FaceFit.Fit(face.Shape, shape, (int)_options.Shape), box);

        // Measured in the average, so that the result is the same wherever the face is cut off.
        var own = FaceBlend.Measure(face.Pixels, CanonicalFace.Box, static (_, _) => true);
        FaceBlend.Match(patch, own, own with { Mean = tone });
        FaceBlend.Lay(scene, canvas, patch);
    }

    private AverageFace Choose(RegionCanvas canvas, FaceLook look)
    {
        var random = canvas.Random(_options.Seed);
        if (canvas.Region.Person is not null || canvas.Region.Track is not null)
        {
            return _averages.All[random.Below(_averages.All.Count)];
        }

        AverageFace[] suitable = [.. _averages.All.OrderBy(average => average.Look.DistanceTo(look)).Take(Suitable)];
        return suitable[random.Below(suitable.Length)];
    }
}
