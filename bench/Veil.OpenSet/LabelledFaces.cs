using Veil.Errors;
using Veil.Imaging;

namespace Veil.OpenSet;

/// <summary>Aligned 112×112 faces, one folder per person.</summary>
internal sealed record LabelledFaces(IReadOnlyList<PixelBuffer> Pictures, IReadOnlyList<int> People) : IDisposable
{
    public static LabelledFaces Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"Expected a folder with a folder of aligned faces per person, but there is no '{folder}'.");
        }

        var (pictures, people) = (new List<PixelBuffer>(), new List<int>());
        foreach (var (person, index) in Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select((path, index) => (path, index)))
        {
            foreach (var file in Directory.GetFiles(person, "*.jpg").Order(StringComparer.Ordinal))
            {
                using var picture = Picture.Decode(File.ReadAllBytes(file));
                pictures.Add(picture.TakeFrame(0));
                people.Add(index);
            }
        }

        return new LabelledFaces(pictures, people);
    }

    public void Dispose()
    {
        foreach (var picture in Pictures)
        {
            picture.Dispose();
        }
    }
}
