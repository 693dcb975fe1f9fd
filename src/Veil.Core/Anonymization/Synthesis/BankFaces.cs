using Veil.Anonymization.Faces;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis.Film;
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
    private readonly TrackMemory<TrackedFace>? _film;

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

    private BankFaces(BankFaces faces, TrackMemory<TrackedFace> film) => (_options, _bank, _film) = (faces._options, faces._bank, film);

    /// <inheritdoc/>
    public PixelRect Reads(Region region, RegionMask mask) => Surroundings.Reads(region, mask);

    /// <inheritdoc/>
    public void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        _film?.Next();
        TrackedFace?[] kept = [.. canvases.Select(canvas => canvas.Region.Track is { } track ? _film?.Of(track) : null)];
        var taken = kept.Select(one => one?.Chosen?.Face).OfType<BankFace>().ToHashSet();
        foreach (var person in PeopleInScene.Group([.. canvases.Select(canvas => canvas.Region)]))
        {
            var chosen = person.Select(index => kept[index]?.Chosen).FirstOrDefault(one => one is not null);
            foreach (var index in person)
            {
                var (canvas, own) = (canvases[index], kept[index]);
                var place = FacePlace.Of(scene, canvas, own);
                chosen ??= FaceChoice.Choose(_bank, place.Look, place.Around.Hair(place.Frame), taken, canvas.Random(_options.Seed));
                taken.Add(chosen.Value.Face);
                FacePatch.Draw(canvas, place, chosen.Value, own?.GrainOf(canvas.Random(_options.Seed)) ?? canvas.Random(_options.Seed));
                if (own is not null)
                {
                    own.Chosen ??= chosen;
                }
            }
        }
    }

    /// <inheritdoc/>
    public IPersonSynthesis ForFilm() => new BankFaces(this, new TrackMemory<TrackedFace>(static track => new TrackedFace(track)));
}
