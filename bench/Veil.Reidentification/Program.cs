using System.Globalization;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reidentification;
using Veil.Imaging;
using Veil.Onnx.Embedding;
using Veil.Onnx.Models;
using Veil.Regions;
using Veil.Reidentification;
using Veil.TensorFlowLite.Faces;
using Veil.Vision;

// What 'veil evaluate privacy' does not measure:
//   dotnet run -c Release --project bench/Veil.Reidentification -- FACES MODEL shapes
//     how much shows around an area of each shape that is filled with one colour;
//   dotnet run -c Release --project bench/Veil.Reidentification -- FACES MODEL ksame=GALLERY
//     averages of a gallery, a folder of photos: against both archives and against the gallery itself.
// FACES holds a folder per person with aligned 112×112 faces, MODEL is MobileFaceNet.onnx.
var facesFolder = args.ElementAtOrDefault(0) ?? "../shared/data/lfw-aligned";
var modelFile = args.ElementAtOrDefault(1) ?? "../shared/models/MobileFaceNet.onnx";
Treatment[] shapes = [.. Shapes(RegionShape.Ellipse, 0.22f), .. Shapes(RegionShape.Face, 0, 0.06f, 0.12f, 0.18f, 0.24f)];
var gallery = args.Skip(2).FirstOrDefault(wanted => wanted.StartsWith("ksame=", StringComparison.Ordinal))?["ksame=".Length..];
Treatment[] averages = gallery is null ? [] :
[
    Average("k=5"), Average("k=10"), Average("k=20"), Average("k=10 shape=turned"), Average("k=10 shape=bent"), Average("k=10 shape=followed"),
];
Treatment[] treatments = [.. averages, .. gallery is null || args.Contains("shapes") ? shapes : []];

try
{
    using var faces = AlignedFaces.Load(facesFolder);
    using var embedder = new FaceEmbedder(modelFile, FaceEmbeddingInput.MobileFaceNet);
    var protocol = new RankOneProtocol();
    var experiment = new RankOneExperiment([.. faces.Identities], protocol);
    var catalog = new AnonymizerCatalog(new MethodEngines { Stickers = Treatment.NoSticker, Gallery = () => GalleryLinks.Reader().Open(), Telea = TeleaInpainting.Create, Orb = OrbKeypoints.Create });
    var points = new Lazy<FacePoints?[]>(() => Locate(faces.Pictures));
    var originals = Describe(picture => faces.Pictures[picture].Clone());
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{faces.Pictures.Count} pictures; {protocol.Draws} draws of {protocol.People} people, one picture each in the gallery and one probe: {protocol.Draws * protocol.People} probes, chance {1.0 / protocol.People:.0000}"));
    Console.WriteLine();
    Console.WriteLine("Rank-1 with its 95 % confidence interval (multiple of chance).");
    Console.WriteLine();
    Console.WriteLine("| method | naive | parrot | pixels |");
    Console.WriteLine("|---|---|---|---|");
    Report("(none)", originals);
    foreach (var treatment in treatments)
    {
        var method = treatment.Create(catalog);
        var policy = treatment.Coverage ?? (catalog.Find(treatment.Method).Covers == FacePart.Whole ? null : new RegionPolicy { Part = catalog.Find(treatment.Method).Covers });
        Report(treatment.Name, Describe(picture => Anonymized(method, faces.Pictures[picture], policy, points.Value[picture])));
    }

    if (gallery is not null)
    {
        GalleryLinks.Measure(catalog, gallery, embedder, averages);
    }

    return 0;

    void Report(string name, Descriptions treated)
    {
        var naive = experiment.Measure(treated.Embeddings, originals.Embeddings, FaceDistance.Cosine);
        var parrot = experiment.Measure(treated.Embeddings, treated.Embeddings, FaceDistance.Cosine);
        var pixels = experiment.Measure(treated.Thumbnails, treated.Thumbnails, FaceDistance.Euclidean);
        Console.WriteLine($"| {name} | {Cell(naive)} | {Cell(parrot)} | {Cell(pixels)} |");
    }

    Descriptions Describe(Func<int, PixelBuffer> treat)
    {
        var (embeddings, thumbnails) = (new float[faces.Pictures.Count][], new float[faces.Pictures.Count][]);
        Parallel.For(0, faces.Pictures.Count, picture =>
        {
            using var treated = treat(picture);
            (embeddings[picture], thumbnails[picture]) = (embedder.Embed(treated), Thumbnail.Of(treated));
        });
        return new Descriptions(embeddings, thumbnails);
    }
}
catch (VeilException e)
{
    Console.Error.WriteLine($"{e.Message} {e.Hint}");
    return 2;
}

static string Cell(RankOneResult result) =>
    string.Create(CultureInfo.InvariantCulture, $"{result.Rate:.0000} ± {result.Margin:.0000} (×{result.TimesChance:0.00})");

Treatment Average(string options) => new("ksame", $"{options} gallery={gallery}");

static IEnumerable<Treatment> Shapes(RegionShape shape, params float[] growths) =>
    growths.Select(growth => new Treatment("solid", "") { Coverage = new RegionPolicy { Shape = shape, Growth = growth, SoftEdge = 0 } });

static FacePoints?[] Locate(IReadOnlyList<PixelBuffer> pictures)
{
    var store = ModelStore.Default();
    using var landmarker = MediaPipeLandmarker.Describe(id => store.Read(ModelManifest.Find(id))).Create();
    FacePoints?[] points = [.. pictures.Select(picture => landmarker.Locate(picture, Whole(picture)))];
    Console.WriteLine($"points found in {points.Count(found => found is not null)} of {points.Length} pictures");
    return points;
}

static Region Whole(PixelBuffer face) => new(new Box(0, 0, face.Width, face.Height), RegionKind.Face, 1, new RegionOrigin(RegionSource.Annotation));

// The whole aligned crop is the region, unless a shape or a part of the face is covered.
static PixelBuffer Anonymized(IAnonymizer method, PixelBuffer face, RegionPolicy? policy, FacePoints? points)
{
    var copy = face.Clone();
    var whole = new CoveredRegion(Whole(face) with { Points = points, Landmarks = Alignment.Template }, RegionMask.Full(face.Bounds));
    var covered = policy is null || points is null ? whole
        : policy.Cover(whole.Region with { Points = points, Box = Box.Around(points.Outline) }, face.Width, face.Height) ?? whole;
    method.Apply(copy, covered.Region, covered.Mask);
    return copy;
}

namespace Veil.Reidentification
{
    /// <summary>What the attackers compute from each picture.</summary>
    internal sealed record Descriptions(IReadOnlyList<float[]> Embeddings, IReadOnlyList<float[]> Thumbnails);
}
