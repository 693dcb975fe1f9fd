using Veil.Anonymization;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>Covers the regions of one frame. Thread-safe for different frames.</summary>
public static class FrameCover
{
    /// <summary>Makes a whole frame black, whatever is in it.</summary>
    /// <param name="frame">Changed in place.</param>
    public static void Black(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var pixels = frame.Pixels;
        for (var y = 0; y < pixels.Height; y++)
        {
            pixels.Row(y).Clear();
        }

        var coverage = new byte[checked(pixels.Width * pixels.Height)];
        Array.Fill(coverage, byte.MaxValue);
        frame.MarkCovered(new RegionMask(pixels.Bounds, coverage));
    }

    /// <summary>Applies a method to every region and notes in the frame what was covered.</summary>
    /// <param name="frame">Changed in place.</param>
    /// <param name="covered">Its regions.</param>
    /// <param name="anonymizer">The method.</param>
    /// <exception cref="Errors.VeilException">The method cannot work on them; the frame may not be written then.</exception>
    public static void Apply(Frame frame, IReadOnlyList<CoveredRegion> covered, IAnonymizer anonymizer)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(covered);
        ArgumentNullException.ThrowIfNull(anonymizer);
        if (anonymizer is IPictureAnonymizer whole && covered is [var first, ..])
        {
            foreach (var area in whole.ReadsFor(covered))
            {
                frame.PixelsIn(area);
            }

            whole.Apply(frame.PixelsIn(first.Mask.Bounds), covered, []);
        }

        foreach (var (region, mask) in covered)
        {
            if (anonymizer is not IPictureAnonymizer)
            {
                anonymizer.Apply(frame.PixelsIn(anonymizer.Reads(region, mask)), region, mask);
            }

            frame.MarkCovered(mask);
        }
    }
}
