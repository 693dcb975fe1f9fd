using System.Globalization;
using Veil.Engine.People;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Studio.Projects.People;

/// <summary>A person of a project, as far as can be told.</summary>
/// <param name="Id">Unique among the groups.</param>
/// <param name="Count">Faces of theirs.</param>
/// <param name="Portraits">Addresses of a few of them, the clearest first.</param>
/// <param name="Person">Stands for the person in <see cref="Project.Kept"/>.</param>
/// <param name="IsKept">Whether the project keeps somebody of this group clear.</param>
internal sealed record PersonView(string Id, int Count, IReadOnlyList<string> Portraits, KeptPerson Person, bool IsKept);

/// <summary>The people of a project.</summary>
/// <param name="People">The most frequent first.</param>
/// <param name="Undecided">Faces too small, turned or blurred to say whose: they stay covered.</param>
internal sealed record PeopleView(IReadOnlyList<PersonView> People, int Undecided);

/// <summary>Groups the faces of a project by person. Thread-safe.</summary>
internal sealed class PeopleGroups(IProjects projects, FaceMemory memory, RegionFiles files, ItemViews views)
{
    private const int MostPortraits = 6;
    private const int MostStandIns = 12;
    private const int PortraitSide = 160;

    /// <summary>The people of every item whose regions are known.</summary>
    /// <exception cref="VeilException">The recognition network is not installed.</exception>
    public async Task<PeopleView> GroupsAsync(string project, CancellationToken cancellationToken)
    {
        var owner = projects.Find(project) ?? throw new VeilException(VeilErrorCode.InvalidOption, "There is no such project.", "It may have been deleted in another window.");
        var faces = new List<FoundFace>();
        foreach (var item in owner.Items.Where(item => item.FoundBy.Length > 0))
        {
            faces.AddRange(await memory.ReadAsync(project, item, cancellationToken).ConfigureAwait(false));
        }

        var groups = await Task.Run(() => PeopleGrouping.Group(faces, cancellationToken), cancellationToken).ConfigureAwait(false);
        var people = groups.Where(group => group.Name != ReferenceFolder.UndecidedGroup).Select(group => View(owner, group)).ToList();
        return new PeopleView(people, groups.FirstOrDefault(group => group.Name == ReferenceFolder.UndecidedGroup)?.Faces.Count ?? 0);
    }

    /// <summary>A portrait: the face at a place, with the faces beside it greyed.</summary>
    public async Task<EncodedPicture> PortraitAsync(string project, KeptFace face, CancellationToken cancellationToken)
    {
        var item = projects.Find(project)?.Find(face.Item);
        var frame = item is null ? null : await Task.Run(() => files.Read(project, face.Item), cancellationToken).ConfigureAwait(false) is { } regions
            ? regions.Frames.FirstOrDefault(one => one.Index == face.Frame) : null;
        var shown = item is null ? null : frame?.Regions.FirstOrDefault(one => one.Region.Kind == RegionKind.Face && FaceMemory.Holds(one.Region.Box, (float)face.X * item.Width, (float)face.Y * item.Height));
        if (item is null || frame is null || shown is null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "There is no face at that place any more.", "Open the page again.");
        }

        var decoded = await views.DecodeAsync(project, item, face.Frame, cancellationToken).ConfigureAwait(false);
        return await Task.Run(
            () =>
            {
                using var whole = new Frame(decoded.Pixels.View(decoded.Pixels.Bounds), face.Frame, TimeSpan.Zero);
                using var portrait = FacePortrait.Cut(whole, shown.Region.Box, frame.Regions.Where(one => one != shown && one.Region.Kind == RegionKind.Face).Select(one => one.Region.Box));
                return BrowserPictures.Encode(portrait, PortraitSide);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static PersonView View(Project project, PersonGroup group)
    {
        // The largest faces say most, and of a film not all from one moment.
        var best = group.Faces.OrderByDescending(face => face.Region.Box.Area * face.Region.Score).DistinctBy(face => (face.Item.Name, face.Frame / 50)).ToList();
        var places = best.Select(face => Place(project.Find(face.Item.Name)!, face)).ToList();
        return new PersonView(
            group.Name, group.Faces.Count, [.. places.Take(MostPortraits).Select(place => AddressOf(project.Id, place))], new KeptPerson([.. places.Take(MostStandIns)]),
            project.Kept.Any(kept => kept.Faces.Any(face => group.Faces.Any(one => IsAt(project, face, one)))));
    }

    private static bool IsAt(Project project, KeptFace face, FoundFace found) => found.Item.Name == face.Item && found.Frame == face.Frame
        && project.Find(face.Item) is { } item && FaceMemory.Holds(found.Region.Box, (float)(face.X * item.Width), (float)(face.Y * item.Height));

    private static KeptFace Place(ProjectItem item, FoundFace face) =>
        new(item.Id, face.Frame, face.Region.Box.CenterX / Math.Max(1.0, item.Width), face.Region.Box.CenterY / Math.Max(1.0, item.Height));

    private static string AddressOf(string project, KeptFace face) => string.Create(
        CultureInfo.InvariantCulture, $"/media/projects/{project}/items/{face.Item}/face?frame={face.Frame}&x={face.X:0.######}&y={face.Y:0.######}");
}
