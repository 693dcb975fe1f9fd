using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Onnx.Embedding;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Vision;
using Veil.Vision.Faces;

namespace Veil.Cli.Measuring;

/// <summary>The recognition networks that can attack here. A network is one line.</summary>
internal static class RecognitionNetworks
{
    private static readonly IReadOnlyList<Known> All =
    [
        new("sface", "SFace", 0.9960, "OpenCV's documentation", bytes => new FaceEmbedder("sface", bytes, FaceEmbeddingInput.SFace).Read) { SamePerson = 0.363 },
        new("mobilefacenet", "MobileFaceNet", 0.9937, "its authors' repository", bytes => new FaceEmbedder("mobilefacenet", bytes, FaceEmbeddingInput.MobileFaceNet).Read),
        new(DlibFaceNetwork.Model, "dlib's ResNet", 0.9938, "its author's announcement", bytes => new DlibFaceNetwork(_ => bytes).Read) { IsBuilt = () => VisionLibrary.IsAvailable },
    ];

    /// <summary>Loads the networks whose models are present and allowed; they stay loaded until the program ends.</summary>
    /// <param name="named">Those that the user named; empty for all that are here.</param>
    /// <param name="store">Where models are.</param>
    /// <exception cref="VeilException">A named one is unknown, missing or altered; or there is none at all.</exception>
    public static (IReadOnlyList<RecognitionNetwork> Networks, IReadOnlyList<ReportedModel> Models) Load(IReadOnlyList<string> named, ModelStore store)
    {
        var unknown = named.FirstOrDefault(id => !All.Any(known => known.Id == id));
        if (unknown is not null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected networks out of {string.Join(", ", All.Select(known => known.Id))}, but received '{unknown}'.");
        }

        var chosen = All.Where(known => named.Count > 0 ? named.Contains(known.Id) : IsUsable(known, store)).ToList();
        if (chosen.Count == 0)
        {
            // Says what is missing and how to get it.
            store.Require(ModelManifest.Find(All[0].Id));
        }

        var models = UsedModels.Describe([.. chosen.Select(known => known.Id)], store);
        return ([.. chosen.Zip(models, (known, model) => new RecognitionNetwork(known.Id, known.Name, model.Sha256, known.Load(store.Read(ModelManifest.Find(known.Id))), known.Accuracy, known.Source) { SamePerson = known.SamePerson })], models);
    }

    private static bool IsUsable(Known known, ModelStore store) => ModelManifest.Find(known.Id) is var entry && store.Has(entry) && store.Allows(entry) && known.IsBuilt();

    private sealed record Known(string Id, string Name, double Accuracy, string Source, Func<byte[], Identity.FaceEmbed> Load)
    {
        /// <summary>Whether what it runs in is installed.</summary>
        public Func<bool> IsBuilt { get; init; } = () => true;

        /// <summary>From this cosine on two faces are one person's, by the same source.</summary>
        public double? SamePerson { get; init; }
    }
}
