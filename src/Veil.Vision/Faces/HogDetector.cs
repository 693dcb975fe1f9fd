using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// dlib's frontal face detector: five linear classifiers over histograms of oriented gradients in an image pyramid
/// (Dalal and Triggs 2005; King, Max-Margin Object Detection, 2015). Windows of 80 pixels.
/// </summary>
internal sealed class HogDetector : IRegionDetector
{
    // Measured on every fifth picture of WIDER FACE's sample: one false positive per picture at -0.58, 0.02 at -0.05, near
    // dlib's own threshold of 0. Between them, since YuNet and RetinaFace have about half a one on these pictures at 0.5.
    private static readonly LogisticScale Scale = new(-0.45f, 0.25f);

    private readonly RegionOrigin _origin;
    private readonly LookingSize _size;
    private readonly float _threshold;
    private readonly HogHandle _hog;

    public HogDetector(string id, DetectorOptions options, HogTuning tuning)
    {
        VisionLibrary.Require($"Detector '{id}'");
        options.Validate(id);
        _origin = new RegionOrigin(RegionSource.Detector, id);
        _size = new LookingSize(tuning.Upsample, tuning.Megapixels);
        _threshold = options.Threshold ?? DetectorOptions.DefaultThreshold;
        VisionLibrary.Check(NativeMethods.veil_hog_open(out var opened), $"Detector '{id}'", VeilErrorCode.DetectionFailed);
        _hog = new HogHandle(opened);
    }

    /// <inheritdoc/>
    public unsafe IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var pinned = new PinnedImage(image);
        VisionLibrary.Check(
            NativeMethods.veil_hog_detect(_hog, pinned.Native, _size.ToNative(), Scale.FromCommon(_threshold), out var found, out var count),
            $"Detector '{_origin.Name}'",
            VeilErrorCode.DetectionFailed);
        return [.. NativeDetections.Take(found, count, Scale, 0, RegionKind.Face, _origin).OrderByDescending(region => region.Score)];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => _size.Reduction(width, height);

    /// <inheritdoc/>
    public void Dispose() => _hog.Dispose();
}
