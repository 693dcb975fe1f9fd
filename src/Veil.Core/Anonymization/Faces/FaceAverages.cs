using System.Security.Cryptography;
using Veil.Errors;

namespace Veil.Anonymization.Faces;

/// <summary>A gallery as averages of k faces or more, each face in one of them. Immutable, thread-safe.</summary>
internal sealed class FaceAverages
{
    // More would take more memory than averages can gain in likeness.
    private const int Most = 500;

    private FaceAverages(IReadOnlyList<AverageFace> all, IReadOnlyList<string> remarks) => (All, Remarks) = (all, remarks);

    /// <summary>The averages.</summary>
    public IReadOnlyList<AverageFace> All { get; }

    /// <summary>What of the gallery was not used; empty when all was.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Reads a gallery.</summary>
    /// <param name="photos">Its photos; each is disposed.</param>
    /// <param name="folder">Its name, for messages.</param>
    /// <param name="k">Least number of different people in an average.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: it shows fewer than k people.</exception>
    public static FaceAverages Read(IEnumerable<GalleryPhoto> photos, string folder, int k)
    {
        var faces = new List<FacePicture>();
        try
        {
            var (unusable, repeated, left) = Collect(photos, faces);
            if (faces.Count < k)
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption,
                    $"ksame: expected a gallery of at least k={k} different people, but received {faces.Count} in '{folder}'"
                        + (unusable + repeated > 0 ? $" ({Passed(unusable, repeated)})." : "."),
                    "Add photos with one face each, at least 60 pixels wide, of people who agreed or who do not exist.");
            }

            var looks = faces.Select(AverageFace.LookOf).ToList();
            var averages = SimilarGroups.Divide(looks, k).Select(group => AverageFace.Of([.. group.Select(face => faces[face])])).ToList();
            List<string> remarks = unusable + repeated > 0 ? [$"Of the gallery '{folder}' {Passed(unusable, repeated)}; {faces.Count} faces are used."] : [];
            if (left)
            {
                remarks.Add($"Of the gallery '{folder}' the first {Most} faces are used.");
            }

            return new FaceAverages(averages, remarks);
        }
        finally
        {
            faces.ForEach(face => face.Dispose());
        }
    }

    private static (int Unusable, int Repeated, bool Left) Collect(IEnumerable<GalleryPhoto> photos, List<FacePicture> faces)
    {
        var (unusable, repeated) = (0, 0);
        var people = new HashSet<int>();
        var pictures = new HashSet<string>(StringComparer.Ordinal);
        foreach (var photo in photos)
        {
            using (photo)
            {
                if (faces.Count == Most)
                {
                    return (unusable, repeated, true);
                }

                if (photo is not { Picture: { } picture, Face: { } region } || (faces.Count > 0 && FaceShape.Of(region).Layout != faces[0].Shape.Layout))
                {
                    unusable++;
                }
                else if (!pictures.Add(Convert.ToHexString(SHA256.HashData(picture.Span))) || (region.Person is { } person && !people.Add(person)))
                {
                    repeated++;
                }
                else
                {
                    // Not disposed here: the picture is the photo's.
                    faces.Add(CanonicalFace.From(new FacePicture(picture, FaceShape.Of(region))));
                }
            }
        }

        return (unusable, repeated, false);
    }

    private static string Passed(int unusable, int repeated) => string.Join(" and ", new[]
    {
        unusable > 0 ? $"{unusable} photos without exactly one clear face were passed over" : "",
        repeated > 0 ? $"{repeated} more photos of the same people were passed over" : "",
    }.Where(part => part.Length > 0));
}
