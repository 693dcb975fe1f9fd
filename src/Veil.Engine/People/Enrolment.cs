using System.Globalization;
using System.Security.Cryptography;
using Veil.Detection;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Engine.People;

/// <summary>Makes a gallery of reference photos. Embeddings stay in memory.</summary>
/// <param name="detector">Finds the face in a photo; owned by the caller.</param>
/// <param name="reader">Reads it.</param>
internal sealed class Enrolment(IRegionDetector detector, FaceReader reader)
{
    // Somebody in the background is no rival to the face that a photo was taken of.
    private const float MuchLarger = 4;

    /// <summary>Reads every photo of a folder.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidReference"/>, with the photo and what to do.</exception>
    public EnrolledPeople Enrol(PeopleSettings settings, CancellationToken cancellationToken)
    {
        var people = ReferenceFolder.Read(settings.Folder);
        var hashes = new List<byte[]>();
        var faces = new List<FaceEmbedding[]>();
        var hints = new List<string>();
        foreach (var (photos, person) in people.Select((photos, person) => (photos, person)))
        {
            var own = new FaceEmbedding[photos.Count];
            for (var i = 0; i < own.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hashes.Add(BitConverter.GetBytes(person));
                hashes.Add(Hash(photos[i]));
                own[i] = Read(photos[i], cancellationToken);
            }

            faces.Add(own);
            hints.AddRange(Odd(photos, own, settings.Policy));
        }

        var gallery = new PersonGallery(faces);
        return new EnrolledPeople(
            new PersonChooser(settings.Rule, gallery, settings.Policy, reader),
            new Dictionary<string, string>
            {
                [EnrolledPeople.RuleOption] = RegionJson.NameOf(settings.Rule),
                ["people-listed"] = gallery.Count.ToString(CultureInfo.InvariantCulture),
                ["people-photos"] = gallery.Photos.ToString(CultureInfo.InvariantCulture),
                ["person-threshold"] = settings.Policy.Threshold.ToString(CultureInfo.InvariantCulture),
                ["person-margin"] = settings.Policy.Margin.ToString(CultureInfo.InvariantCulture),
            },
            Convert.ToHexStringLower(SHA256.HashData([.. hashes.SelectMany(bytes => bytes)])),
            hints,
            gallery.Photos > PersonPolicy.MeasuredPhotos
                ? [$"{gallery.Photos} reference photos: the threshold was measured for up to {PersonPolicy.MeasuredPhotos}, and with more photos more strangers resemble one of them. Raise --person-threshold."]
                : []);
    }

    private FaceEmbedding Read(ReferencePhoto photo, CancellationToken cancellationToken)
    {
        using var frame = Open(photo);
        var rgb = frame.Pixels.Format == PixelFormat.Rgb24 ? null : PixelConversion.ToRgb24(frame.Pixels);
        using (rgb)
        {
            var found = detector.Detect(rgb ?? frame.Pixels, cancellationToken)
                .Where(region => region.Kind == RegionKind.Face).OrderByDescending(region => region.Box.Area).ToList();
            if (found.Count == 0)
            {
                throw Unusable(photo, "shows no face that the detector finds", "Take a photo where the face is large, from the front and well lit.");
            }

            if (found.Count > 1 && found[0].Box.Area < MuchLarger * found[1].Box.Area)
            {
                throw Unusable(photo, $"shows {found.Count} faces, and none of them is much larger than the others", "Crop it to the person that is meant.");
            }

            var (embedding, flaw) = reader.Read(frame, found[0]);
            return embedding ?? throw Unusable(photo, Describe(flaw), "Take a photo where the face is larger, whole, sharp and from the front.");
        }
    }

    private static Frame Open(ReferencePhoto photo)
    {
        try
        {
            using var picture = PictureFile.Open(photo.Path);
            return new Frame(picture.TakeFrame(0), 0, TimeSpan.Zero);
        }
        catch (VeilException error)
        {
            throw new VeilException(VeilErrorCode.InvalidReference, $"The reference photo '{photo.Name}' cannot be read: {error.Message}", "Replace it or take it out of the folder.", error);
        }
    }

    private static byte[] Hash(ReferencePhoto photo)
    {
        try
        {
            using var file = File.OpenRead(photo.Path);
            return SHA256.HashData(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidReference, $"The reference photo '{photo.Name}' cannot be read: {error.Message}", "Check that you may read it.", error);
        }
    }

    private static IEnumerable<string> Odd(IReadOnlyList<ReferencePhoto> photos, FaceEmbedding[] faces, PersonPolicy policy) =>
        photos.Where((_, i) => faces.Length > 1 && faces.Where((_, other) => other != i).All(other => policy.Judge(faces[i].Similarity(other)) == PersonVerdict.Stranger))
            .Select(photo => $"reference photo '{photo.Name}' does not look like the others in its folder; check that it is the same person.");

    private static VeilException Unusable(ReferencePhoto photo, string why, string hint) =>
        new(VeilErrorCode.InvalidReference, $"The reference photo '{photo.Name}' {why}.", hint);

    private static string Describe(FaceFlaw flaw) => flaw switch
    {
        FaceFlaw.NoLandmarks => "cannot be aligned: the chosen detector gives no face points",
        FaceFlaw.Turned => "shows a face turned too far to the side",
        FaceFlaw.TooSmall => "shows too small a face",
        FaceFlaw.CutOff => "shows a face cut off by the border",
        FaceFlaw.Blurred => "shows a blurred face",
        FaceFlaw.NoDirection => "shows a face that the recognition network makes nothing of",
        _ => throw new ArgumentOutOfRangeException(nameof(flaw), flaw, "Expected a flaw of a face."),
    };
}
