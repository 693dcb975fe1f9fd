namespace Veil.Video.Planar;

/// <summary>What is known of a decoded frame.</summary>
internal enum FrameState
{
    /// <summary>Nothing went wrong.</summary>
    Sound,

    /// <summary>Parts of it may be made up by the decoder, or built on such a frame.</summary>
    Damaged,
}
