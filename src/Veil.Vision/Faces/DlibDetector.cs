using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>What dlib's detectors of faces have in common: all but the classifier behind them.</summary>
internal abstract unsafe class DlibDetector : IRegionDetector
{
    private readonly RegionOrigin _origin;
    private readonly LookingSize _size;
    private readonly float _threshold;
    private readonly LogisticScale _scale;

    /// <summary>Checks the options, and that the library is here.</summary>
    /// <param name="id">Name on the command line.</param>
    /// <param name="options">Threshold.</param>
    /// <param name="tuning">The size at which it looks.</param>
    /// <param name="scale">From its scores to the common scale.</param>
    protected DlibDetector(string id, DetectorOptions options, DlibTuning tuning, LogisticScale scale)
    {
        VisionLibrary.Require($"Detector '{id}'");
        options.Validate(id);
        _origin = new RegionOrigin(RegionSource.Detector, id);
        _size = new LookingSize(tuning.Upsample, tuning.Megapixels);
        _threshold = options.Threshold ?? DetectorOptions.DefaultThreshold;
        _scale = scale;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var pinned = new PinnedImage(image);
        VisionLibrary.Check(
            Look(pinned.Native, _size.ToNative(), _scale.FromCommon(_threshold), out var found, out var count), $"Detector '{_origin.Name}'", VeilErrorCode.DetectionFailed);
        return [.. NativeDetections.Take(found, count, _scale, 0, RegionKind.Face, _origin).OrderByDescending(region => region.Score)];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => _size.Reduction(width, height);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Runs the classifier.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="scaling">The size at which to look.</param>
    /// <param name="threshold">Lowest of its own scores.</param>
    /// <param name="found">Detections, to be freed; null when there are none.</param>
    /// <param name="count">How many.</param>
    protected abstract VisionStatus Look(in NativeImage image, in NativeScaling scaling, double threshold, out NativeDetection* found, out int count);
}
