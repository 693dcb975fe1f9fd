using Veil.Detection;
using Veil.Errors;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// dlib's CNN for faces, as the face_recognition library uses it (King, Max-Margin Object Detection, 2015). Windows of
/// about 80 pixels. A network keeps its layers' outputs, so every worker opens its own.
/// </summary>
internal sealed unsafe class CnnDetector : DlibDetector
{
    // Measured on every fifth picture of WIDER FACE's sample: one false positive per picture at -0.97, 0.10 at -0.05, near
    // dlib's own threshold of 0. Between them, since YuNet and RetinaFace have about half a one on these pictures at 0.5.
    private static readonly LogisticScale Scale = new(-0.75f, 0.25f);

    private readonly MmodHandle _network;

    public CnnDetector(string id, DetectorOptions options, CnnTuning tuning, byte[] model)
        : base(id, options, tuning, Scale)
    {
        fixed (byte* data = model)
        {
            VisionLibrary.Check(NativeMethods.veil_mmod_open(data, (nuint)model.Length, out var opened), $"Detector '{id}'", VeilErrorCode.InvalidModel);
            _network = new MmodHandle(opened);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _network.Dispose();

    /// <inheritdoc/>
    protected override VisionStatus Look(in NativeImage image, in NativeScaling scaling, double threshold, out NativeDetection* found, out int count) =>
        NativeMethods.veil_mmod_detect(_network, image, scaling, threshold, out found, out count);
}
