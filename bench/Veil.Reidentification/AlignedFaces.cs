using Veil.Errors;
using Veil.Imaging;

namespace Veil.Reidentification;

/// <summary>Aligned faces of people with two pictures or more, one folder per person.</summary>
internal sealed record AlignedFaces(IReadOnlyList<PixelBuffer> Pictures, IReadOnlyList<int> Identities) : IDisposable
{
    public static AlignedFaces Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"Expected a folder with a folder of aligned faces per person, but there is no '{folder}'.");
        }

        var pictures = new List<PixelBuffer>();
        var identities = new List<int>();
        foreach (var person in Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select((path, index) => (path, index)))
        {
            var files = Directory.GetFiles(person.path, "*.jpg").Order(StringComparer.Ordinal).ToArray();
            foreach (var file in files.Length > 1 ? files : [])
            {
                using var picture = Picture.Decode(File.ReadAllBytes(file));
                pictures.Add(picture.TakeFrame(0));
                identities.Add(person.index);
            }
        }

        return new AlignedFaces(pictures, identities);
    }

    public void Dispose()
    {
        foreach (var picture in Pictures)
        {
            picture.Dispose();
        }
    }
}
