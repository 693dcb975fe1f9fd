using System.Collections.Concurrent;

namespace Veil.Video.Planar;

/// <summary>Memory of frames that come and go at the same size: as much as is in flight at a time, and no more. Thread-safe.</summary>
/// <param name="geometry">Of the frames.</param>
internal sealed class FramePool(PlanarGeometry geometry)
{
    private readonly ConcurrentBag<byte[]> _free = [];

    /// <summary>Of the frames.</summary>
    public PlanarGeometry Geometry => geometry;

    /// <summary>Memory for one frame; holds an older one.</summary>
    public byte[] Rent() => _free.TryTake(out var samples) ? samples : GC.AllocateUninitializedArray<byte>(geometry.FrameBytes, pinned: false);

    /// <summary>Takes memory back.</summary>
    public void Return(byte[] samples) => _free.Add(samples);
}
