using Veil.Anonymization.Faces;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// Faces from a bank of generated ones: one that suits is turned to the place, takes its tone and light, and is laid between
/// what shows around it.
/// </summary>
internal sealed class BankFaces : IPersonSynthesis
{
    private readonly SyntheticOptions _options;
    private readonly IReadOnlyList<BankFace> _bank;

    /// <summary>Looks at the bank's faces.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: none has known contours.</exception>
    public BankFaces(SyntheticOptions options, IReadOnlyList<GeneratedFace> bank)
    {
        _options = options;

        // One enlarger made all: one large picture tells of the others.
        var enlargement = bank.Count > 0 ? (float)bank[0].Picture.Width / bank[0].Small.Width : 1;
        _bank = [.. bank.Select(face => BankFace.Of(face, enlargement)).OfType<BankFace>()];
        if (_bank.Count == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel,
                $"synthetic: expected a bank with faces whose points are known, but received {bank.Count} faces without.",
                "Make the bank again.");
        }
    }

    /// <inheritdoc/>
    public PixelRect Reads(Region region, RegionMask mask) => Surroundings.Reads(region, mask);

    /// <inheritdoc/>
    public void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        FacesOnly.Check("synthetic", canvases);
        var taken = new HashSet<BankFace>();
        foreach (var person in PeopleInScene.Group([.. canvases.Select(canvas => canvas.Region)]))
        {
            ChosenFace? chosen = null;
            foreach (var canvas in person.Select(index => canvases[index]))
            {
                var place = FacePlace.Of(scene, canvas);
                chosen ??= FaceChoice.Choose(_bank, place.Look, place.Around.Hair(place.Frame), taken, canvas.Random(_options.Seed));
                taken.Add(chosen.Value.Face);
                FacePatch.Draw(canvas, place, chosen.Value, canvas.Random(_options.Seed));
            }
        }
    }

    /// <inheritdoc/>
    public IPersonSynthesis ForFilm() => this;
}
