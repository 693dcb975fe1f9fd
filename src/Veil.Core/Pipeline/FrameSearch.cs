using Veil.Imaging;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Pipeline;

/// <summary>
/// A frame on its way to its regions. While they are looked for, by another thread, the frame is only read; whoever waits for
/// them may change it afterwards.
/// </summary>
/// <param name="frame">The frame; owned until it is taken by who follows regions.</param>
/// <param name="luma">Its luma; null where regions are not carried.</param>
internal sealed class FrameSearch(Frame frame, LumaPyramid? luma)
{
    /// <summary>Motion is told from pictures of about this many pixels along the longer side.</summary>
    private const int LumaSide = 960;

    private readonly TaskCompletionSource<IReadOnlyList<Region>> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Frame Frame { get; } = frame;

    public LumaPyramid? Luma { get; } = luma;

    /// <summary>Whether somebody was asked to look for its regions.</summary>
    public bool IsAskedFor { get; set; }

    /// <summary>What motion of a frame is told from.</summary>
    public static LumaPyramid LumaOf(Frame frame)
    {
        var reduction = 1;
        while (reduction < 8 && Math.Max(frame.Width, frame.Height) / reduction > LumaSide)
        {
            reduction *= 2;
        }

        using var luma = frame.Luma(reduction);
        return LumaPyramid.Of(luma, reduction);
    }

    /// <summary>Says what was found.</summary>
    public void Complete(IReadOnlyList<Region> found) => _found.SetResult(found);

    /// <summary>Waits until somebody has looked.</summary>
    public IReadOnlyList<Region> Wait(CancellationToken cancellationToken)
    {
        _found.Task.Wait(cancellationToken);
        return _found.Task.Result;
    }
}
