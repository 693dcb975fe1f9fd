using System.Buffers;
using Veil.Imaging;

namespace Veil.Vision.Native;

/// <summary>A picture whose pixels stay in place while native code looks at them.</summary>
internal readonly unsafe ref struct PinnedImage
{
    private readonly MemoryHandle _pin;

    /// <exception cref="ArgumentException">Not <see cref="PixelFormat.Rgb24"/>.</exception>
    public PinnedImage(PixelBuffer image)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.RequireFormat(PixelFormat.Rgb24);

        _pin = image.Pin();
        Native = new NativeImage { Pixels = (byte*)_pin.Pointer, Stride = (nuint)image.Stride, Width = image.Width, Height = image.Height };
    }

    public NativeImage Native { get; }

    public void Dispose() => _pin.Dispose();
}
