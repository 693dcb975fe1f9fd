using Veil.Anonymization.Methods;
using Veil.Onnx.Models;

namespace Veil.Onnx.Tests.Generation;

/// <summary>A test that needs the face inpainter; it skips, saying so, where the network is not part of the program.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InstalledFactAttribute : FactAttribute
{
    public InstalledFactAttribute()
    {
        var entry = ModelManifest.Find(SyntheticAnonymizer.Inpainter);
        Skip = ModelStore.Default().Has(entry) ? null : $"needs {entry.File}, which is not here";
    }
}
