using System.Globalization;
using Veil.Anonymization;
using Veil.Imaging;
using Veil.Onnx.Embedding;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.Regions;
using Veil.TensorFlowLite.Faces;

namespace Veil.Reidentification;

/// <summary>
/// What averages give away of the gallery: each photo of it is anonymized with its own gallery, the worst that can be, and
/// the network looks for it. k-Same promises to be right at most once in k.
/// </summary>
internal static class GalleryLinks
{
    // A network's "same person" at one false match in a thousand on LFW.
    private const float SamePerson = 0.3f;

    public static GalleryFolder Reader()
    {
        var store = ModelStore.Default();
        return new GalleryFolder(new OnnxDetectors(store).Default().Detector, MediaPipeLandmarker.Describe(id => store.Read(ModelManifest.Find(id))));
    }

    public static void Measure(AnonymizerCatalog catalog, string folder, FaceEmbedder embedder, IReadOnlyList<Treatment> treatments)
    {
        var photos = Reader().Open()(folder).Where(photo => photo.Face is not null).ToList();
        var originals = photos.Select(photo => Embed(photo.Picture!)).ToList();
        Console.WriteLine();
        Console.WriteLine($"Each of the gallery's {photos.Count} photos anonymized with the gallery, and looked for in it.");
        Console.WriteLine();
        Console.WriteLine("| method | found | 1/k | nearest gallery face: mean similarity | second | results with a face above " + SamePerson.ToString(CultureInfo.InvariantCulture) + " | with several |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var treatment in treatments)
        {
            var method = treatment.Create(catalog);
            var k = int.Parse(treatment.Options.Split(' ')[0]["k=".Length..], CultureInfo.InvariantCulture);
            var results = new float[photos.Count][];
            Parallel.For(0, photos.Count, i =>
            {
                using var copy = photos[i].Picture!.Clone();
                var covered = new RegionPolicy().Cover(photos[i].Face!, copy.Width, copy.Height)!;
                method.Apply(copy, covered.Region, covered.Mask);
                using var face = Alignment.Cut(copy, photos[i].Face!.Landmarks!);
                var result = embedder.Embed(face);
                results[i] = [.. originals.Select(original => Dot(original, result))];
            });
            var found = Enumerable.Range(0, photos.Count).Count(i => results[i][i] >= results[i].Max());
            var sorted = results.Select(similarities => similarities.OrderDescending().ToArray()).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {treatment.Name.Split(" gallery=")[0]} | {(double)found / photos.Count:.000} | {1.0 / k:.000} | {sorted.Average(row => row[0]):.00} | {sorted.Average(row => row[1]):.00} | {sorted.Count(row => row[0] > SamePerson)} | {sorted.Count(row => row[1] > SamePerson)} |"));
        }

        photos.ForEach(photo => photo.Dispose());

        float[] Embed(PixelBuffer picture)
        {
            using var face = Alignment.Cut(picture, photos.First(photo => photo.Picture == picture).Face!.Landmarks!);
            return embedder.Embed(face);
        }
    }

    private static float Dot(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
