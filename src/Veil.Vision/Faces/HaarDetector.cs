using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// OpenCV's cascades (Viola and Jones, Rapid Object Detection using a Boosted Cascade of Simple Features, 2001). A cascade
/// keeps buffers, so every worker opens its own.
/// </summary>
internal sealed class HaarDetector : IRegionDetector
{
    private const float SameObject = 0.4f;

    private readonly RegionOrigin _origin;
    private readonly RegionKind _kind;
    private readonly LookingSize _size;
    private readonly NativeCascadeSettings _settings;
    private readonly float _threshold;
    private readonly List<(CascadePass Pass, CascadeHandle Cascade)> _passes = [];
    private readonly Dictionary<string, CascadeHandle> _cascades = [];

    /// <summary>Opens the cascades.</summary>
    /// <param name="id">The detector's id.</param>
    /// <param name="kind">What the cascades find.</param>
    /// <param name="options">Settings that all detectors share.</param>
    /// <param name="passes">The looks at each picture.</param>
    /// <param name="size">How large pictures are looked at.</param>
    /// <param name="settings">Of every pass, but for mirroring.</param>
    public HaarDetector(string id, RegionKind kind, DetectorOptions options, IReadOnlyList<CascadePass> passes, LookingSize size, NativeCascadeSettings settings)
    {
        VisionLibrary.Require($"Detector '{id}'");
        options.Validate(id);
        _origin = new RegionOrigin(RegionSource.Detector, id);
        (_kind, _size, _settings) = (kind, size, settings);
        _threshold = options.Threshold ?? DetectorOptions.DefaultThreshold;
        try
        {
            foreach (var pass in passes)
            {
                _passes.Add((pass, Open(pass.File)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        using var pinned = new PinnedImage(image);
        var all = new List<Region>();
        foreach (var (pass, cascade) in _passes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            all.AddRange(Look(pinned.Native, pass, cascade));
        }

        var picked = NonMaximumSuppression.Select([.. all.Select(region => region.Box)], [.. all.Select(region => region.Score)], SameObject);
        return [.. picked.Select(index => all[index])];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => _size.Reduction(width, height);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var cascade in _cascades.Values)
        {
            cascade.Dispose();
        }
    }

    private unsafe List<Region> Look(NativeImage image, CascadePass pass, CascadeHandle cascade)
    {
        var settings = _settings;
        settings.Mirrored = pass.Mirrored ? 1 : 0;
        VisionLibrary.Check(
            NativeMethods.veil_cascade_detect(cascade, image, _size.ToNative(), settings, out var found, out var count),
            $"Detector '{_origin.Name}'",
            VeilErrorCode.DetectionFailed);
        return NativeDetections.Take(found, count, pass.Scale, _threshold, _kind, _origin);
    }

    private CascadeHandle Open(string file)
    {
        if (!_cascades.TryGetValue(file, out var cascade))
        {
            var path = CascadeFiles.Find(file);
            VisionLibrary.Check(NativeMethods.veil_cascade_open(path, out var opened), path, VeilErrorCode.InvalidModel);
            _cascades.Add(file, cascade = new CascadeHandle(opened));
        }

        return cascade;
    }
}
