using Veil.Engine.Runs;
using Veil.Identity;
using Veil.Onnx.Embedding;
using Veil.Onnx.Models;
using Veil.Pipeline;

namespace Veil.Engine.People;

/// <summary>The recognition network of this program: SFace, loaded once, shared by all workers.</summary>
internal static class FaceNetwork
{
    /// <summary>The network's id in the manifest.</summary>
    public const string Id = "sface";

    /// <summary>Loads it. It stays loaded until the program ends.</summary>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.InvalidModel"/>: missing or altered.</exception>
    public static (FaceReader Reader, ReportedModel Model) Load(ModelStore store)
    {
        var model = UsedModels.Describe(Id, store);
        var network = new FaceEmbedder(Id, store.Read(ModelManifest.Find(Id)), FaceEmbeddingInput.SFace);
        return (new FaceReader(network.Read), model);
    }
}
