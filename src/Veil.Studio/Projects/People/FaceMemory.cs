using System.Collections.Concurrent;
using Veil.Engine.People;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Studio.Projects.People;

/// <summary>
/// Embeddings of the faces in projects. They are in memory and never written: what is not there any more is read again from the places where faces
/// were found. Thread-safe.
/// </summary>
/// <param name="projects">The projects.</param>
/// <param name="files">Where faces are.</param>
/// <param name="views">Decodes.</param>
internal sealed class FaceMemory(IProjects projects, RegionFiles files, ItemViews views)
{
    private const int MostFramesOfFilm = 40;

    private readonly ConcurrentDictionary<(string Project, string Item), (string Stamp, IReadOnlyList<FoundFace> Faces)> _known = new();
    private readonly Lazy<FaceReader> _reader = new(static () => FaceNetwork.Load(ModelStore.Default()).Reader);

    /// <summary>Reads embeddings.</summary>
    /// <exception cref="VeilException">The network is missing.</exception>
    public FaceReader Reader => _reader.Value;

    /// <summary>Whether people can be told apart here: the network is installed.</summary>
    public bool IsUsable
    {
        get
        {
            try
            {
                return Reader is not null;
            }
            catch (VeilException)
            {
                return false;
            }
        }
    }

    /// <summary>An item as its faces bear it.</summary>
    public static MediaItem Bearer(ProjectItem item) => new(item.Path, item.Id, MediaItemOrigin.Named);

    /// <summary>Keeps what was read while regions were found.</summary>
    public void Keep(string project, ProjectItem item, string stamp, IReadOnlyList<FoundFace> faces) => _known[(project, item.Id)] = (stamp, faces);

    /// <summary>The faces of an item that were read since the studio began; none where it was not, or has changed.</summary>
    public IReadOnlyList<FoundFace> Known(string project, ProjectItem item) =>
        _known.TryGetValue((project, item.Id), out var known) && known.Stamp == item.Stamp ? known.Faces : [];

    /// <summary>Forgets a project.</summary>
    public void Forget(string project)
    {
        foreach (var key in _known.Keys.Where(key => key.Project == project))
        {
            _known.TryRemove(key, out _);
        }
    }

    /// <summary>The faces of an item, from memory or read now. What cannot be opened any more has none.</summary>
    public async Task<IReadOnlyList<FoundFace>> ReadAsync(string project, ProjectItem item, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((project, item.Id), out var known) && known.Stamp == item.Stamp)
        {
            return known.Faces;
        }

        if (await Task.Run(() => files.Read(project, item.Id), cancellationToken).ConfigureAwait(false) is not { } regions)
        {
            return [];
        }

        var faces = new List<FoundFace>();
        try
        {
            foreach (var frame in Sample(item, regions))
            {
                var decoded = await views.DecodeAsync(project, item, frame.Index, cancellationToken).ConfigureAwait(false);
                await Task.Run(() => faces.AddRange(Read(item, frame, decoded)), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (VeilException) when (!File.Exists(item.Path) || item.Stamp != RunJournal.InputStamp(item.Path))
        {
            // It was taken away or changed since; finding again says so to the user.
            return [];
        }

        Keep(project, item, item.Stamp, faces);
        return faces;
    }

    /// <summary>The embedding of a face that stands for somebody; null where it says too little.</summary>
    public async Task<FaceEmbedding?> EmbeddingAsync(string project, KeptFace face, CancellationToken cancellationToken)
    {
        if (projects.Find(project)?.Find(face.Item) is not { } item)
        {
            return null;
        }

        var (x, y) = ((float)(face.X * item.Width), (float)(face.Y * item.Height));
        foreach (var known in await ReadAsync(project, item, cancellationToken).ConfigureAwait(false))
        {
            if (known.Frame == face.Frame && Holds(known.Region.Box, x, y))
            {
                return known.Embedding;
            }
        }

        // A face of a film that is not among its samples.
        if (item.Kind != ItemKind.Film || files.Read(project, item.Id)?.Frames.FirstOrDefault(frame => frame.Index == face.Frame) is not { } there)
        {
            return null;
        }

        var region = there.Regions.FirstOrDefault(one => one.Region.Kind == RegionKind.Face && Holds(one.Region.Box, x, y));
        return region is null ? null : Read(item, there with { Regions = [region] }, await views.DecodeAsync(project, item, face.Frame, cancellationToken).ConfigureAwait(false))[0].Embedding;
    }

    /// <summary>Whether a box holds a point.</summary>
    public static bool Holds(Box box, float x, float y) => x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom;

    private List<FoundFace> Read(ProjectItem item, ReviewedFrame at, DecodedFrame decoded)
    {
        using var frame = new Frame(decoded.Pixels.View(decoded.Pixels.Bounds), at.Index, at.Time);
        var bearer = Bearer(item);
        return [.. at.Regions.Select((region, index) => (region.Region, index)).Where(one => one.Region.Kind == RegionKind.Face)
            .Select(one => new FoundFace(bearer, at.Index, one.index, one.Region, Reader.Read(frame, one.Region).Embedding))];
    }

    // Of a film the frames that show each track largest, a few of them.
    private static IEnumerable<ReviewedFrame> Sample(ProjectItem item, ReviewedItem regions)
    {
        if (item.Kind == ItemKind.Picture)
        {
            return regions.Frames.Where(frame => frame.Regions.Count > 0);
        }

        var chosen = regions.Frames
            .SelectMany(frame => frame.Regions.Where(region => region.Region is { Kind: RegionKind.Face, Origin.Source: RegionSource.Detector }).Select(region => (Frame: frame, region.Region)))
            .GroupBy(one => one.Region.Track)
            .SelectMany(track => track.OrderByDescending(one => one.Region.Box.Area).DistinctBy(one => one.Frame.Index / 12).Take(3))
            .GroupBy(one => one.Frame.Index).OrderByDescending(frame => frame.Count()).Take(MostFramesOfFilm)
            .Select(frame => frame.First().Frame with { Regions = [.. frame.First().Frame.Regions.Where(region => frame.Any(one => ReferenceEquals(one.Region, region.Region)))] });
        return chosen.OrderBy(frame => frame.Index);
    }
}
