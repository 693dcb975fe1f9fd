using Veil.Detection;
using Veil.Errors;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// dlib's frontal face detector: five linear classifiers over histograms of oriented gradients in an image pyramid
/// (Dalal and Triggs 2005; King, Max-Margin Object Detection, 2015). Windows of 80 pixels.
/// </summary>
internal sealed unsafe class HogDetector : DlibDetector
{
    // Measured on every fifth picture of WIDER FACE's sample: one false positive per picture at -0.58, 0.02 at -0.05, near
    // dlib's own threshold of 0. Between them, since YuNet and RetinaFace have about half a one on these pictures at 0.5.
    private static readonly LogisticScale Scale = new(-0.45f, 0.25f);

    private readonly HogHandle _hog;

    public HogDetector(string id, DetectorOptions options, HogTuning tuning)
        : base(id, options, tuning, Scale)
    {
        VisionLibrary.Check(NativeMethods.veil_hog_open(out var opened), $"Detector '{id}'", VeilErrorCode.DetectionFailed);
        _hog = new HogHandle(opened);
    }

    /// <inheritdoc/>
    public override void Dispose() => _hog.Dispose();

    /// <inheritdoc/>
    protected override VisionStatus Look(in NativeImage image, in NativeScaling scaling, double threshold, out NativeDetection* found, out int count) =>
        NativeMethods.veil_hog_detect(_hog, image, scaling, threshold, out found, out count);
}
