using Veil.Imaging;

namespace Veil.Video.Planar;

/// <summary>Size, layout and colours of a video's frames: what does not change from frame to frame.</summary>
/// <param name="Layout">Order of samples.</param>
/// <param name="Width">Columns of the upright picture.</param>
/// <param name="Height">Rows of the upright picture.</param>
/// <param name="Matrix">From samples to colours and back.</param>
internal sealed record PlanarGeometry(PlanarLayout Layout, int Width, int Height, YuvMatrix Matrix)
{
    /// <summary>The format in which methods see it: 16 bits where samples have more than 8.</summary>
    public PixelFormat Format => Layout.Depth > 8 ? PixelFormat.Rgb48 : PixelFormat.Rgb24;

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes { get; } = Layout.FrameBytes(Width, Height);

    /// <summary>All pixels.</summary>
    public PixelRect Bounds => new(0, 0, Width, Height);

    /// <summary>The samples of a plane, and how many bytes a row of it has.</summary>
    public (Memory<byte> Samples, int Stride) Plane(Memory<byte> frame, int plane)
    {
        var start = Enumerable.Range(0, plane).Sum(before => Layout.PlaneBytes(before, Width, Height));
        return (frame.Slice(start, Layout.PlaneBytes(plane, Width, Height)), Layout.PlaneWidth(plane, Width) * Layout.SampleBytes);
    }
}
