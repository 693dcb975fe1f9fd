using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Veil.Engine.People;
using Veil.Identity;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Studio.Projects.People;

/// <summary>Leaves clear whoever is surely one of the people that a project keeps. Whoever is not sure stays covered. Made for one run.</summary>
internal sealed class KeptPeople
{
    private readonly PersonChooser _chooser;

    private KeptPeople(PeopleSelection selection, FaceReader reader)
    {
        Selection = selection;
        _chooser = new PersonChooser(selection.Rule, new PersonGallery(selection.Faces), selection.Policy, reader);
    }

    /// <summary>The same for a run that finds regions.</summary>
    public PeopleSelection Selection { get; }

    /// <summary>Stands for whom a project keeps; empty for nobody.</summary>
    public static string KeyOf(Project project) =>
        project.Kept.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(project.Kept))).AsSpan(0, 8));

    /// <summary>Reads the faces that stand for the people of a project; null where nobody is kept, or of nobody kept a face says enough.</summary>
    public static async Task<KeptPeople?> ReadAsync(Project project, FaceMemory memory, CancellationToken cancellationToken)
    {
        var people = new List<IReadOnlyList<FaceEmbedding>>();
        foreach (var person in project.Kept)
        {
            var faces = new List<FaceEmbedding>();
            foreach (var face in person.Faces)
            {
                if (await memory.EmbeddingAsync(project.Id, face, cancellationToken).ConfigureAwait(false) is { } embedding)
                {
                    faces.Add(embedding);
                }
            }

            if (faces.Count > 0)
            {
                people.Add(faces);
            }
        }

        return people.Count == 0 ? null : new KeptPeople(new PeopleSelection(PersonRule.Except) { Faces = people }, memory.Reader);
    }

    /// <summary>Judges a film while its regions are found.</summary>
    /// <param name="sampler">Takes a few of the faces that are read.</param>
    public FilmJudge Judge(FaceSampler sampler) => new(_chooser, sampler);

    /// <summary>Chooses in a picture whose regions are known; nothing is looked for again, and it is not opened where its faces were read before.</summary>
    /// <param name="item">The picture.</param>
    /// <param name="regions">Its regions.</param>
    /// <param name="known">Its faces, as far as they were read.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <returns>Who stays clear in each frame.</returns>
    public IReadOnlyList<FrameRegions> ChooseStill(ProjectItem item, ReviewedItem regions, IReadOnlyList<FoundFace> known, CancellationToken cancellationToken)
    {
        var faces = known.ToLookup(face => (face.Frame, face.Region.Box));
        var read = regions.Frames.Select(frame => Remembered(frame, faces)).ToList();
        var all = read.Contains(null) ? Read(item, regions, cancellationToken) : read!;
        return [.. regions.Frames.Zip(all, (frame, one) => Choice(frame, _chooser.Choose(one)))];
    }

    /// <summary>Chooses in a film whose regions are known, frames of a track speaking for each other; nothing is looked for again.</summary>
    /// <param name="item">The film.</param>
    /// <param name="regions">Its regions.</param>
    /// <param name="reach">How many frames on each side speak for one.</param>
    /// <param name="progress">Told after each frame.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <returns>Who stays clear in each frame.</returns>
    public IReadOnlyList<FrameRegions> ChooseFilm(ProjectItem item, ReviewedItem regions, int reach, IProgress<ItemProgress> progress, CancellationToken cancellationToken)
    {
        var (verdicts, bearer) = (new FilmVerdicts(_chooser), FaceMemory.Bearer(item));
        foreach (var read in Read(item, regions, cancellationToken))
        {
            verdicts.Add(read);
            progress.Report(new ItemProgress(bearer, verdicts.Count, regions.Frames.Count));
        }

        return [.. regions.Frames.Select((frame, at) => Choice(frame, verdicts.Decide(at, reach)))];
    }

    /// <summary>Takes over who stays clear. What was edited since it was chosen holds.</summary>
    /// <param name="regions">The regions as they are.</param>
    /// <param name="chosen">Who stays clear in each frame; in others nobody does.</param>
    public static ReviewedItem Take(ReviewedItem regions, IReadOnlyList<FrameRegions> chosen)
    {
        var clear = chosen.ToDictionary(frame => frame.Index, frame => frame.Clear);
        return regions with { Frames = [.. regions.Frames.Select(frame => Chosen(frame, clear.GetValueOrDefault(frame.Index) ?? []))] };
    }

    /// <summary>Nobody is kept: what was left clear by person is covered.</summary>
    public static ReviewedItem Nobody(ReviewedItem regions) => Take(regions, []);

    private static FrameRegions Choice(ReviewedFrame frame, PersonChoice choice) => new(frame.Index, frame.Time, choice.Hidden) { Clear = choice.Clear };

    private static ReviewedFrame Chosen(ReviewedFrame frame, IReadOnlyList<Region> clear) => frame with { Regions = [.. frame.Regions.Select(region => Chosen(region, clear))] };

    // What somebody covered, left clear or drew by hand stays as it is.
    private static ReviewedRegion Chosen(ReviewedRegion region, IReadOnlyList<Region> clear) =>
        region.IsDecidedByHand || region.Region.Origin.Source == RegionSource.Hand ? region
        : region with { Cover = clear.Any(one => one.Kind == region.Region.Kind && one.Rounded().Box == region.Region.Box) ? CoverChoice.ClearByPerson : CoverChoice.Covered };

    // Where a face can be read that nobody has read, as it is after somebody changed it, the whole picture is.
    private static List<ReadRegion>? Remembered(ReviewedFrame frame, ILookup<(int Frame, Box Box), FoundFace> known)
    {
        var read = new List<ReadRegion>(frame.Regions.Count);
        foreach (var region in frame.Regions.Select(one => one.Region))
        {
            var isReadable = region is { Kind: RegionKind.Face, Landmarks: not null };
            var face = known[(frame.Index, region.Box)].FirstOrDefault(one => one.Region.Landmarks == region.Landmarks);
            if (isReadable && face is null)
            {
                return null;
            }

            read.Add(new ReadRegion(region, isReadable ? face!.Embedding : null));
        }

        return read;
    }

    private IEnumerable<IReadOnlyList<ReadRegion>> Read(ProjectItem item, ReviewedItem regions, CancellationToken cancellationToken)
    {
        using var source = FrameDecoder.Open(item, cancellationToken);
        foreach (var known in regions.Frames)
        {
            using var frame = source.Read(cancellationToken) ?? throw new Errors.VeilException(Errors.VeilErrorCode.CorruptInput, "The file has fewer frames than before.", "Find again.");
            yield return _chooser.Read(frame, [.. known.Regions.Select(region => region.Region)], cancellationToken);
        }
    }
}
