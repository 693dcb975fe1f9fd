using Veil.Errors;
using Veil.Identity;
using Veil.Onnx.Embedding;
using Veil.Onnx.Models;
using Veil.OpenSet;

// How well listed people are told from strangers, and faces grouped by person:
//   dotnet run -c Release --project bench/Veil.OpenSet [-- FACES [lists] [detail] [groups]]
// FACES holds a folder per person with aligned 112×112 faces; without further words, everything is measured.
var facesFolder = args.ElementAtOrDefault(0) ?? "../shared/data/lfw-aligned";
var wanted = args.Length > 1 ? args[1..] : ["lists", "detail", "groups"];
const int seed = 1;
var policy = new PersonPolicy();
var low = policy.Threshold - policy.Margin;
try
{
    using var faces = LabelledFaces.Load(facesFolder);
    using var embedder = new FaceEmbedder("sface", ModelStore.Default().Read(ModelManifest.Find("sface")), FaceEmbeddingInput.SFace);
    var originals = Embed(Degradation.None).Embeddings;
    var experiment = new OpenSetExperiment([.. originals.Select(face => face!)], faces.People, seed);
    Line($"{faces.Pictures.Count} pictures of {faces.People.Distinct().Count()} people; threshold {policy.Threshold:0.00}, strangers below {low:0.00}\n");

    if (wanted.Contains("lists"))
    {
        Line("| listed people | photos of each | strangers | taken for a listed person | threshold for 1 in 1,000 | listed accepted at ours | at that | listed taken for strangers | strangers left clear by --only |");
        Line("|---|---|---|---|---|---|---|---|---|");
        foreach (var photos in (int[])[1, 2, 3])
        {
            foreach (var (listed, draws) in ((int, int)[])[(1, 2000), (5, 1000), (20, 500), (100, 200)])
            {
                var result = experiment.Run(listed, photos, draws, originals);
                var exact = result.ThresholdFor(0.001);
                Line($"| {listed} | {photos} | {result.Strangers.Sum(draw => draw.Length):N0} | {1000 * result.StrangersFrom(policy.Threshold):0.000} ± {1000 * result.Margin(policy.Threshold):0.000} in 1,000 | {exact:0.000} | {100 * result.ListedFrom(policy.Threshold):0.0} % | {100 * result.ListedFrom(exact):0.0} % | {100 * result.ListedBelow(low):0.00} % | {100 * (1 - result.StrangersFrom(low)):0.0} % |");
            }
        }
    }

    if (wanted.Contains("detail"))
    {
        Line("\n| faces to decide on, 20 people listed by 2 photos | sharpness, 5th–50th percentile | strangers taken in 1,000 | listed accepted | listed taken for strangers |");
        Line("|---|---|---|---|---|");
        Degradation[] degradations =
        [
            Degradation.None,
            Degradation.Small(64), Degradation.Small(48), Degradation.Small(40), Degradation.Small(36), Degradation.Small(32), Degradation.Small(24), Degradation.Small(16),
            Degradation.Blurred(1), Degradation.Blurred(2), Degradation.Blurred(2.5f), Degradation.Blurred(3), Degradation.Blurred(4),
        ];
        foreach (var degradation in degradations)
        {
            var (probes, sharpness) = Embed(degradation);
            var result = experiment.Run(20, 2, 200, probes);
            Line($"| {degradation.Name} | {sharpness[sharpness.Length / 20]:0.0000}–{sharpness[sharpness.Length / 2]:0.0000} | {1000 * result.StrangersFrom(policy.Threshold):0.000} | {100 * result.ListedFrom(policy.Threshold):0.0} % | {100 * result.ListedBelow(low):0.00} % |");
        }
    }

    if (wanted.Contains("groups"))
    {
        Line("\n| groups merged from mean similarity | groups | pairs of a group that are one person | pairs of one person in one group | pure groups of 2 or more |");
        Line("|---|---|---|---|---|");
        foreach (var threshold in (float[])[0.28f, 0.32f, 0.36f, 0.40f, 0.44f, 0.48f])
        {
            var groups = FaceGrouping.Group([.. originals.Select(face => face!)], threshold);
            var quality = GroupingQuality.Of(groups, faces.People);
            Line($"| {threshold:0.00} | {groups.Count} | {100 * quality.Precision:0.00} % | {100 * quality.Recall:0.00} % | {100 * quality.Pure:0.0} % |");
        }
    }

    return 0;

    (FaceEmbedding?[] Embeddings, float[] Sharpness) Embed(Degradation degradation)
    {
        var (embeddings, sharpness) = (new FaceEmbedding?[faces.Pictures.Count], new float[faces.Pictures.Count]);
        Parallel.For(0, faces.Pictures.Count, face =>
        {
            using var degraded = degradation.Apply(faces.Pictures[face]);
            (embeddings[face], sharpness[face]) = (embedder.Read(degraded), FaceSharpness.Of(degraded));
        });
        Array.Sort(sharpness);
        return (embeddings, sharpness);
    }
}
catch (VeilException e)
{
    Console.Error.WriteLine($"{e.Message} {e.Hint}");
    return 2;
}

// Numbers are written in the invariant culture: the build leaves no other in.
static void Line(string text) => Console.WriteLine(text);
