using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// dlib's CNN for faces, as the face_recognition library uses it (King, Max-Margin Object Detection, 2015). Windows of
/// about 80 pixels. A network keeps its layers' outputs, so every worker opens its own.
/// </summary>
internal sealed class CnnDetector : IRegionDetector
{
    // Measured on every fifth picture of WIDER FACE's sample: one false positive per picture at -0.97, 0.10 at -0.05, near
    // dlib's own threshold of 0. Between them, since YuNet and RetinaFace have about half a one on these pictures at 0.5.
    private static readonly LogisticScale Scale = new(-0.75f, 0.25f);

    private readonly RegionOrigin _origin;
    private readonly LookingSize _size;
    private readonly float _threshold;
    private readonly MmodHandle _network;

    public unsafe CnnDetector(string id, DetectorOptions options, CnnTuning tuning, byte[] model)
    {
        VisionLibrary.Require($"Detector '{id}'");
        options.Validate(id);
        _origin = new RegionOrigin(RegionSource.Detector, id);
        _size = new LookingSize(tuning.Upsample, tuning.Megapixels);
        _threshold = options.Threshold ?? DetectorOptions.DefaultThreshold;
        fixed (byte* data = model)
        {
            VisionLibrary.Check(NativeMethods.veil_mmod_open(data, (nuint)model.Length, out var opened), $"Detector '{id}'", VeilErrorCode.InvalidModel);
            _network = new MmodHandle(opened);
        }
    }

    /// <inheritdoc/>
    public unsafe IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var pinned = new PinnedImage(image);
        VisionLibrary.Check(
            NativeMethods.veil_mmod_detect(_network, pinned.Native, _size.ToNative(), Scale.FromCommon(_threshold), out var found, out var count),
            $"Detector '{_origin.Name}'",
            VeilErrorCode.DetectionFailed);
        return [.. NativeDetections.Take(found, count, Scale, 0, RegionKind.Face, _origin).OrderByDescending(region => region.Score)];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => _size.Reduction(width, height);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
