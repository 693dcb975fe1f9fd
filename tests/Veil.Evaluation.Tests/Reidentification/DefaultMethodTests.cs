using Veil.Anonymization.Methods;
using Veil.Evaluation.Reidentification;
using Veil.Imaging;
using Veil.Onnx.Embedding;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Reidentification;

public sealed class DefaultMethodTests
{
    private const int Seeds = 8;

    [DataFact("../models/MobileFaceNet.onnx")]
    public void The_default_leaves_recognition_at_chance_even_in_a_gallery_veiled_alike()
    {
        using var embedder = new FaceEmbedder(SharedData.Path("..", "models", "MobileFaceNet.onnx"), FaceEmbeddingInput.MobileFaceNet, 2);
        var people = Directory.GetDirectories(SharedData.Path("lfw-aligned")).Order(StringComparer.Ordinal)
            .Select((folder, person) => (person, files: Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToArray()))
            .Where(entry => entry.files.Length > 1).ToArray();
        var experiment = new RankOneExperiment([.. people.SelectMany(entry => entry.files.Select(_ => entry.person))], new RankOneProtocol { Draws = 100 });
        string[] files = [.. people.SelectMany(entry => entry.files)];
        var originals = new float[files.Length][];
        var outputs = new Dictionary<string, int>();
        var looks = new int[files.Length];
        for (var i = 0; i < files.Length; i++)
        {
            using var picture = Picture.Decode(File.ReadAllBytes(files[i]));
            originals[i] = embedder.Embed(picture.Frame(0));
            var output = Convert.ToHexString(Veiled(picture.Frame(0), seed: 0).Span);
            looks[i] = outputs.TryGetValue(output, out var known) ? known : outputs[output] = i;
        }

        Assert.InRange(outputs.Count, 2, 1 << VeilAnonymizer.Bits);
        Assert.InRange(experiment.Measure(originals, originals, FaceDistance.Cosine).Rate, 0.95, 1);

        // A seed shifts which originals a handful of outputs happen to resemble; over several the luck evens out.
        var (naive, parrot) = (0.0, 0.0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var byLook = outputs.Values.ToDictionary(look => look, look => Embedded(files[look], seed, embedder));
            float[][] veiled = [.. looks.Select(look => byLook[look])];
            naive += experiment.Measure(veiled, originals, FaceDistance.Cosine).TimesChance / Seeds;
            parrot += experiment.Measure(veiled, veiled, FaceDistance.Cosine).TimesChance / Seeds;
        }

        Assert.InRange(naive, 0, 1.5);
        Assert.InRange(parrot, 0, 1.5);
    }

    private static float[] Embedded(string file, int seed, FaceEmbedder embedder)
    {
        using var picture = Picture.Decode(File.ReadAllBytes(file));
        return embedder.Embed(Veiled(picture.Frame(0), seed));
    }

    private static PixelBuffer Veiled(PixelBuffer face, int seed)
    {
        VeilAnonymizer.Describe().Create(new VeilOptions { Seed = seed }).Apply(
            face, new Region(new Box(0, 0, face.Width, face.Height), RegionKind.Face, 1, new RegionOrigin(RegionSource.Annotation)), RegionMask.Full(face.Bounds));
        return face;
    }
}
