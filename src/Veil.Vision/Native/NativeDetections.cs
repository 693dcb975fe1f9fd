using Veil.Regions;

namespace Veil.Vision.Native;

/// <summary>What a native detector found.</summary>
internal static unsafe class NativeDetections
{
    /// <summary>Turns detections into regions and frees them.</summary>
    /// <param name="detections">As the native call gave them; null when there are none.</param>
    /// <param name="count">How many.</param>
    /// <param name="scale">From the detector's scores to the common scale.</param>
    /// <param name="threshold">Lowest score on the common scale.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="origin">Who found them.</param>
    public static List<Region> Take(NativeDetection* detections, int count, LogisticScale scale, float threshold, RegionKind kind, RegionOrigin origin)
    {
        try
        {
            var regions = new List<Region>(count);
            foreach (var found in new ReadOnlySpan<NativeDetection>(detections, count))
            {
                var score = scale.ToCommon(found.Score);
                var box = new Box(found.Left, found.Top, found.Right, found.Bottom);
                if (score >= threshold && !box.IsEmpty)
                {
                    regions.Add(new Region(box, kind, score, origin));
                }
            }

            return regions;
        }
        finally
        {
            NativeMethods.veil_vision_free(detections);
        }
    }
}
