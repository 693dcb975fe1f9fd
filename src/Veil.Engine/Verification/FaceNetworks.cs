using Veil.Engine.People;
using Veil.Engine.Runs;
using Veil.Evaluation.Verification.Checks;
using Veil.Onnx.Embedding;
using Veil.Onnx.Models;
using Veil.Pipeline;

namespace Veil.Engine.Verification;

/// <summary>The recognition networks that judge covered faces: SFace always, MobileFaceNet where it is present. Loaded once, shared by all workers.</summary>
internal static class FaceNetworks
{
    /// <summary>
    /// From when on a covered face counts as recognized. Higher than what tells two photographs of strangers apart, since what
    /// shows around a covered face is the original's own and resembles it: docs/verify.md has the measurement.
    /// </summary>
    private const double SFaceSame = 0.54;
    private const double MobileFaceNetSame = 0.58;
    private const string Second = "mobilefacenet";

    /// <summary>Loads them.</summary>
    /// <exception cref="Errors.VeilException">SFace is missing or altered.</exception>
    public static (IReadOnlyList<RecognitionNetwork> Networks, IReadOnlyList<ReportedModel> Models) Load(ModelStore store)
    {
        var networks = new List<RecognitionNetwork> { Load(FaceNetwork.Id, FaceEmbeddingInput.SFace, SFaceSame, store) };
        var models = new List<ReportedModel> { UsedModels.Describe(FaceNetwork.Id, store) };
        if (ModelManifest.Find(Second) is var entry && store.Has(entry) && store.Allows(entry))
        {
            networks.Add(Load(Second, FaceEmbeddingInput.MobileFaceNet, MobileFaceNetSame, store));
            models.Add(UsedModels.Describe(Second, store));
        }

        return (networks, models);
    }

    private static RecognitionNetwork Load(string id, FaceEmbeddingInput input, double same, ModelStore store) =>
        new(id, new FaceEmbedder(id, store.Read(ModelManifest.Find(id)), input).Read, same);
}
