using System.ComponentModel;
using Veil.Anonymization.Faces;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Who takes whose face.</summary>
public enum SwapOrder
{
    /// <summary>Each the face of the next in size, and among faces of about a size of the next in the turn of the head: alike faces fit best.</summary>
    Similar,

    /// <summary>Each the face of the next in the order in which they were found.</summary>
    Found,
}

/// <summary>Settings of <see cref="SwapAnonymizer"/>.</summary>
public sealed record SwapOptions : MethodOptions
{
    /// <summary>Who takes whose face. Default <see cref="SwapOrder.Similar"/>.</summary>
    [Description("who takes whose face: the next alike in size and turn, or the next found")]
    public SwapOrder Order { get; init; }
}

/// <summary>
/// The faces of a picture change places, each person taking the next one's, the last one the first's. A face found twice is
/// one person, so that nobody gets the own face back. Colours and shape of the place stay: mean and spread of the covered
/// pixels' colours, and where eyes, nose and mouth are.
/// </summary>
/// <remarks>
/// A picture with one person is an error, and so are regions that are no faces: there is nothing to exchange them with.
/// The people of a picture stay recognizable in it, at another's place.
/// </remarks>
public sealed class SwapAnonymizer : SceneAnonymizer
{
    private readonly SwapOptions _options;

    private SwapAnonymizer(SwapOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<SwapOptions>(
        "swap", "the faces of a picture change places; each can still be recognized, in another's place", Guarantee.Synthetic,
        options => new SwapAnonymizer(options),
        _ => new MethodWarning(
            "swap moves faces within a picture: everybody on it can still be recognized, only not in the right place.",
            "Use veil or ksame to hide who is in a picture."),
        new MethodPreset("face-replace/swap", "face-replace, face swap: each face takes the next one's", new SwapOptions { Order = SwapOrder.Found })) with
    {
        Needs = MethodNeeds.FacePoints | MethodNeeds.FacesOnly | MethodNeeds.SeveralPeople,
        Shape = RegionShape.Face,
    };

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(mask);
        return SceneFace.Reads(region, mask);
    }

    /// <inheritdoc/>
    protected override void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(canvases);
        FacesOnly.Check("swap", canvases);
        var people = Ordered([.. canvases.Select(canvas => canvas.Region)]);
        if (people.Count < 2)
        {
            throw new VeilException(
                VeilErrorCode.AnonymizationFailed,
                "swap needs two people or more in a picture, but there is only one face.",
                "Leave this picture out, or choose another method for it, e.g. veil or ksame.");
        }

        for (var i = 0; i < people.Count; i++)
        {
            var giver = people[(i + 1) % people.Count];
            using var face = SceneFace.Cut(scene, giver[0], giver);
            foreach (var place in people[i])
            {
                FaceExchange.Draw(scene, face, canvases[place]);
            }
        }
    }

    private IReadOnlyList<IReadOnlyList<int>> Ordered(IReadOnlyList<Region> regions)
    {
        var people = PeopleInScene.Group(regions);
        return _options.Order == SwapOrder.Found ? people :
        [
            .. people
                .OrderByDescending(person => MathF.Round(MathF.Log2(Math.Max(1, regions[person[0]].Box.LongSide))))
                .ThenBy(person => MathF.Abs(FaceShape.Of(regions[person[0]]).Yaw))
                .ThenBy(person => regions[person[0]].Box.Left)
                .ThenBy(person => regions[person[0]].Box.Top),
        ];
    }
}
