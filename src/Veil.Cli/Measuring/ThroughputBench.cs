using System.Diagnostics;
using Veil.Anonymization;
using Veil.Detection;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>
/// Throughput of anonymizing a folder beside its floor: the same pictures decoded, detected in and encoded again by as many
/// workers, with nothing else. Both write their results to a temporary folder, and they take turns, so that a machine
/// whose speed drifts slows both.
/// </summary>
/// <param name="items">Pictures, with where results go.</param>
/// <param name="workers">How many at once.</param>
/// <param name="detector">Finds faces; the floor's, too.</param>
/// <param name="landmarker">Finds their dense points, as part of anonymizing; null where the method wants none.</param>
/// <param name="policy">How faces become covered pixels.</param>
/// <param name="anonymizer">Covers them.</param>
internal sealed class ThroughputBench(
    IReadOnlyList<PlannedItem> items, int workers, DetectorDescriptor detector, LandmarkerDescriptor? landmarker, RegionPolicy policy, IAnonymizer anonymizer)
{
    private static readonly PictureMedia Media = new(PictureLimits.Default, EncodeOptions.Default, OverwritePolicy.Replace);

    /// <summary>Rounds of seconds: the floor's and the program's, taken in turn after a round that is not counted.</summary>
    public async Task<IReadOnlyList<(double Floor, double Anonymize)>> MeasureAsync(int rounds, CancellationToken cancel)
    {
        await SecondsAsync(new NoCover(), cancel).ConfigureAwait(false);
        var measured = new List<(double Floor, double Anonymize)>();
        for (var round = 0; round < rounds; round++)
        {
            var floor = await Task.Run(() => FloorSeconds(cancel), cancel).ConfigureAwait(false);
            measured.Add((floor, await SecondsAsync(anonymizer, cancel).ConfigureAwait(false)));
        }

        return measured;
    }

    private async Task<double> SecondsAsync(IAnonymizer method, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        await MediaRun.ExecuteAsync(
            items, workers, () => new MediaPipeline(Media, Regions(), policy, method), Require, cancel).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private IRegionProvider Regions()
    {
        var detected = new DetectedRegions(detector.Create(new DetectorOptions()));
        return landmarker is null ? detected : new LandmarkedRegions(detected, landmarker);
    }

    private static void Require(ItemResult result)
    {
        if (result.Status != ItemStatus.Done)
        {
            throw new Errors.VeilException(Errors.VeilErrorCode.CorruptInput, $"'{result.Item.Name}' cannot be measured: {result.Error?.Message ?? "not a picture"}", "Measure on a folder of sound pictures.");
        }
    }

    /// <summary>The plainest loop that decodes, detects and encodes.</summary>
    private double FloorSeconds(CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var next = -1;
        var threads = Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var own = detector.Create(new DetectorOptions());
                for (int i; (i = Interlocked.Increment(ref next)) < items.Count;)
                {
                    cancel.ThrowIfCancellationRequested();
                    using var picture = PictureFile.Open(items[i].Item.Path);
                    Detect(own, picture, cancel);
                    using var file = File.Create(items[i].Target!);
                    picture.Encode(file);
                }
            },
            cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(threads, cancel);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Detect(IRegionDetector detector, Picture picture, CancellationToken cancel)
    {
        var pixels = picture.Frame(0);
        if (pixels.Format == PixelFormat.Rgb24)
        {
            detector.Detect(pixels, cancel);
            return;
        }

        using var rgb = Kernels.PixelConversion.ToRgb24(pixels);
        detector.Detect(rgb, cancel);
    }

    private sealed class NoCover : IAnonymizer
    {
        public void Apply(PixelBuffer image, Region region, RegionMask mask)
        {
        }
    }
}
