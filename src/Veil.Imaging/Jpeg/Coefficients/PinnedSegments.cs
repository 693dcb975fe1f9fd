using System.Runtime.InteropServices;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>Segments at fixed addresses for the length of a call.</summary>
internal sealed unsafe class PinnedSegments : IDisposable
{
    private readonly GCHandle[] _pins;

    public PinnedSegments(IReadOnlyList<JpegSegment> segments)
    {
        _pins = [.. segments.Select(segment => GCHandle.Alloc(segment.Payload, GCHandleType.Pinned))];
        Native = new NativeSegment[segments.Count];
        for (var i = 0; i < segments.Count; i++)
        {
            Native[i] = new NativeSegment { Marker = segments[i].Marker, Length = (uint)segments[i].Payload.Length, Data = (byte*)_pins[i].AddrOfPinnedObject() };
        }
    }

    public NativeSegment[] Native { get; }

    public void Dispose()
    {
        foreach (var pin in _pins)
        {
            pin.Free();
        }
    }
}
