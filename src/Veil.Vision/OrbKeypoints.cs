using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Vision.Native;

namespace Veil.Vision;

/// <summary>
/// ORB keypoints with OpenCV's defaults: eight scales of 1.2, an edge of 31 pixels, FAST threshold 20, ranked by Harris
/// corner response (Rublee et al., ORB: an efficient alternative to SIFT or SURF, 2011).
/// </summary>
public static class OrbKeypoints
{
    /// <summary>
    /// Makes the engine. Points of equal strength come by row, then by column. A picture without 63 columns and rows has
    /// no keypoints: ORB keeps 31 pixels clear of every border.
    /// </summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: OpenCV is not here.</exception>
    public static KeypointFinder Create()
    {
        VisionLibrary.Require("ORB");
        return Find;
    }

    private static unsafe IReadOnlyList<(int X, int Y)> Find(PixelBuffer image, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var pinned = new PinnedImage(image);
        var columns = new int[count];
        var rows = new int[count];
        var found = 0;
        fixed (int* x = columns, y = rows)
        {
            VisionLibrary.Check(
                NativeMethods.veil_orb_keypoints(pinned.Native, count, x, y, out found), "Finding ORB keypoints", VeilErrorCode.AnonymizationFailed);
        }

        return [.. columns.Take(found).Zip(rows)];
    }
}
