namespace Veil.Studio.Films.Tracks;

/// <summary>Frames in a row.</summary>
/// <param name="First">The first of them, from 0.</param>
/// <param name="Last">The last of them, which belongs to it.</param>
internal readonly record struct FrameSpan(int First, int Last)
{
    /// <summary>How many frames.</summary>
    public int Count => Math.Max(0, Last - First + 1);

    /// <summary>A single frame.</summary>
    public static FrameSpan At(int frame) => new(frame, frame);

    /// <summary>True for a frame of it.</summary>
    public bool Contains(int frame) => frame >= First && frame <= Last;

    /// <summary>What both have.</summary>
    public FrameSpan Intersect(FrameSpan other) => new(Math.Max(First, other.First), Math.Min(Last, other.Last));
}
