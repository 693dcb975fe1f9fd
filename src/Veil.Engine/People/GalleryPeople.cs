using Veil.Identity;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Engine.People;

/// <summary>Tells the people of a gallery apart, so that two photos of one person count once. Not thread-safe.</summary>
/// <param name="store">Where the recognition network is; loaded for the first face.</param>
internal sealed class GalleryPeople(ModelStore store)
{
    private readonly Lazy<FaceReader> _reader = new(() => FaceNetwork.Load(store).Reader);
    private readonly List<(FaceEmbedding Face, int Person)> _known = [];
    private int _people;

    /// <summary>The person's number: the same for whoever resembles a face asked about before; null where the face says too little.</summary>
    public int? Number(PixelBuffer picture, Region face)
    {
        using var frame = new Frame(picture.View(picture.Bounds), 0, TimeSpan.Zero);
        if (_reader.Value.Read(frame, face).Embedding is not { } embedding)
        {
            return null;
        }

        var nearest = _known.Count == 0 ? default : _known.MaxBy(one => one.Face.Similarity(embedding));
        var person = nearest.Face is { } like && like.Similarity(embedding) >= FaceGrouping.DefaultThreshold ? nearest.Person : _people++;
        _known.Add((embedding, person));
        return person;
    }
}
