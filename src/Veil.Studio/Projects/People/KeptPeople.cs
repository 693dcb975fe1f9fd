using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Veil.Identity;
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

    /// <summary>Chooses in a picture whose regions are known; nothing is looked for again.</summary>
    public ReviewedItem ChooseStill(ProjectItem item, ReviewedItem regions, CancellationToken cancellationToken)
    {
        using var source = FrameDecoder.Open(item, cancellationToken);
        var frames = new List<ReviewedFrame>();
        foreach (var known in regions.Frames)
        {
            using var frame = source.Read(cancellationToken) ?? throw new Errors.VeilException(Errors.VeilErrorCode.CorruptInput, "The file has fewer frames than before.", "Find again.");
            var clear = _chooser.Choose(frame, [.. known.Regions.Select(region => region.Region)], cancellationToken).Clear;
            frames.Add(known with { Regions = [.. known.Regions.Select(region => Chosen(region, clear))] });
        }

        return regions with { Frames = frames };
    }

    /// <summary>Takes over what a run said that found the regions again and chose among them.</summary>
    public static ReviewedItem Take(ReviewedItem regions, IReadOnlyList<FrameRegions> chosen)
    {
        var clear = chosen.ToDictionary(frame => frame.Index, frame => frame.Clear);
        return regions with
        {
            Frames = [.. regions.Frames.Select(frame => frame with { Regions = [.. frame.Regions.Select(region => Chosen(region, clear.GetValueOrDefault(frame.Index) ?? []))] })],
        };
    }

    /// <summary>Nobody is kept: what was left clear by person is covered.</summary>
    public static ReviewedItem Nobody(ReviewedItem regions) => Take(regions, []);

    // What somebody covered, left clear or drew by hand stays as it is.
    private static ReviewedRegion Chosen(ReviewedRegion region, IReadOnlyList<Region> clear) =>
        region.IsDecidedByHand || region.Region.Origin.Source == RegionSource.Hand ? region
        : region with { Cover = clear.Any(one => one.Kind == region.Region.Kind && one.Rounded().Box == region.Region.Box) ? CoverChoice.ClearByPerson : CoverChoice.Covered };
}
