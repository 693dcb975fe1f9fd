using Veil.Engine.People;
using Veil.Identity;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Studio.Projects.People;

/// <summary>Reads faces while regions are found: every face of a still, a few of each track of a film. For one item.</summary>
/// <param name="item">The item as faces bear it.</param>
/// <param name="reader">Reads embeddings.</param>
internal sealed class FaceSampler(MediaItem item, FaceReader reader) : IFrameObserver
{
    /// <summary>So many faces of one track say who it is.</summary>
    public const int MostOfTrack = 5;

    // Faces of neighbouring frames are alike.
    private const int Apart = 12;

    private readonly List<FoundFace> _faces = [];
    private readonly Dictionary<int, (int Last, int Count)> _tracks = [];

    /// <summary>What was read.</summary>
    public IReadOnlyList<FoundFace> Faces => _faces;

    /// <inheritdoc/>
    public void Found(MediaItem item, Frame frame, IReadOnlyList<Region> regions) => Sample(frame, regions, index => reader.Read(frame, regions[index]).Embedding);

    /// <summary>Takes of what was read already.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="read">All its regions.</param>
    public void Take(Frame frame, IReadOnlyList<ReadRegion> read) => Sample(frame, [.. read.Select(one => one.Region)], index => read[index].Face);

    /// <inheritdoc/>
    public void Before(MediaItem item, Frame frame, IReadOnlyList<CoveredRegion> covered)
    {
    }

    /// <inheritdoc/>
    public void After(MediaItem item, Frame frame)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Sample(Frame frame, IReadOnlyList<Region> regions, Func<int, FaceEmbedding?> read)
    {
        for (var index = 0; index < regions.Count; index++)
        {
            var region = regions[index];
            if (region.Kind == RegionKind.Face && (!frame.IsMoving || IsNews(frame.Index, region)))
            {
                _faces.Add(new FoundFace(item, frame.Index, index, region.Rounded(), read(index)));
            }
        }
    }

    private bool IsNews(int frame, Region region)
    {
        if (region.Origin.Source != RegionSource.Detector || region.Track is not { } track)
        {
            return false;
        }

        var known = _tracks.GetValueOrDefault(track, (Last: -Apart, Count: 0));
        if (known.Count >= MostOfTrack || frame - known.Last < Apart)
        {
            return false;
        }

        _tracks[track] = (frame, known.Count + 1);
        return true;
    }
}
