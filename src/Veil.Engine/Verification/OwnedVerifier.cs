using Veil.Detection;
using Veil.Evaluation.Verification;

namespace Veil.Engine.Verification;

/// <summary>A verifier with the detector that its checks use.</summary>
internal sealed class OwnedVerifier(OutputVerifier verifier, IRegionDetector detector) : IDisposable
{
    public OutputVerifier Verifier => verifier;

    public void Dispose()
    {
        verifier.Dispose();
        detector.Dispose();
    }
}
