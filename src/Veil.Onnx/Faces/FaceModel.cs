using Veil.Onnx.Decoders;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Faces;

/// <summary>A loaded face model together with what is known about it.</summary>
/// <param name="Model">The model; owned.</param>
/// <param name="Profile">How to run it and read it.</param>
internal sealed record FaceModel(OnnxModel Model, FaceModelProfile Profile) : IDisposable
{
    /// <summary>Loads a face model of a given or recognised layout.</summary>
    public static FaceModel Load(string name, byte[] file, FaceLayout? layout, int threads)
    {
        var signature = OnnxGraph.ReadSignature(file);
        var definition = layout is { } named ? FaceLayouts.Definition(named) : FaceLayouts.Recognize(name, signature);
        var model = OnnxModel.Load(name, file, definition.Size, threads);
        return new FaceModel(model, FaceModelProfiles.For(definition, model.Signature));
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
