using Veil.Identity;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.People;

/// <summary>Reads every face of the frames it sees into a list that all workers share. One per worker.</summary>
/// <param name="reader">Reads embeddings.</param>
/// <param name="faces">The shared list; locked while it grows.</param>
internal sealed class FaceCollector(FaceReader reader, List<FoundFace> faces) : IFrameObserver
{
    public void Before(MediaItem item, Frame frame, IReadOnlyList<CoveredRegion> covered)
    {
        var read = covered.Where(one => one.Region.Kind == RegionKind.Face)
            .Select((one, index) => new FoundFace(item, frame.Index, index, one.Region, reader.Read(frame, one.Region).Embedding)).ToList();
        lock (faces)
        {
            faces.AddRange(read);
        }
    }

    public void After(MediaItem item, Frame frame)
    {
    }

    public void Dispose()
    {
    }
}
