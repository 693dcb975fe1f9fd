using System.Globalization;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Reidentification;
using Veil.Imaging;
using Veil.Onnx.Embedding;
using Veil.Regions;
using Veil.Reidentification;
using Veil.Vision;

// How often anonymized faces are recognized, per method and strength:
//   dotnet run -c Release --project bench/Veil.Reidentification [-- FACES MODEL [METHOD ...]]
// FACES holds a folder per person with aligned 112×112 faces, MODEL is MobileFaceNet.onnx; methods default to all.
var facesFolder = args.ElementAtOrDefault(0) ?? "../shared/data/lfw-aligned";
var modelFile = args.ElementAtOrDefault(1) ?? "../shared/models/MobileFaceNet.onnx";
Treatment[] treatments =
[
    new("veil", ""),
    new("veil", "tone=neutral"),
    new("solid", ""),
    new("pixelate", "grid=1"), new("pixelate", "grid=2"), new("pixelate", "grid=4"), new("pixelate", "grid=8"), new("pixelate", "grid=16"),
    new("gaussian", "sigma=0.05"), new("gaussian", "sigma=0.1"), new("gaussian", "sigma=0.2"), new("gaussian", "sigma=0.3"), new("gaussian", "sigma=0.5"),
    new("box", "kernel=0.5"), new("box", "kernel=0.7"), new("box", "kernel=1.1"),
    new("median", "kernel=0.3"), new("median", "kernel=0.5"),
    new("bilateral", "diameter=9px sigma-color=75 sigma-space=75px"), new("bilateral", ""),
    new("blocks", "cell=12px features=1500"), new("blocks", "cell=12px"), new("blocks", "cell=0.125"), new("blocks", ""), new("blocks", "cell=0.5"), new("blocks", "sets=2"),
    new("closing", "kernel=7px dilations=2 erosions=1"), new("closing", "kernel=7px dilations=2 erosions=2"), new("closing", ""),
];
treatments = [.. treatments.Where(row => args.Length < 3 || args.Skip(2).Contains(row.Method))];

try
{
    using var faces = AlignedFaces.Load(facesFolder);
    using var embedder = new FaceEmbedder(modelFile, FaceEmbeddingInput.MobileFaceNet);
    var protocol = new RankOneProtocol();
    var experiment = new RankOneExperiment([.. faces.Identities], protocol);
    var catalog = new AnonymizerCatalog(new MethodEngines { Stickers = Treatment.NoSticker, Telea = TeleaInpainting.Create, Orb = OrbKeypoints.Create });
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
        Report(treatment.Name, Describe(picture => Anonymized(method, faces.Pictures[picture])));
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

// The whole aligned crop is the region.
static PixelBuffer Anonymized(IAnonymizer method, PixelBuffer face)
{
    var copy = face.Clone();
    var region = new Region(new Box(0, 0, face.Width, face.Height), RegionKind.Face, 1, new RegionOrigin(RegionSource.Annotation));
    method.Apply(copy, region, RegionMask.Full(face.Bounds));
    return copy;
}

namespace Veil.Reidentification
{
    /// <summary>What the attackers compute from each picture.</summary>
    internal sealed record Descriptions(IReadOnlyList<float[]> Embeddings, IReadOnlyList<float[]> Thumbnails);
}
