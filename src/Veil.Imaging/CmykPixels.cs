using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>The ink values of one CMYK frame as they were in the file: four bytes a pixel, packed rows. Owns its memory.</summary>
internal sealed class CmykPixels(GLibMemory memory, int width, int height) : IDisposable
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public GLibMemory Memory { get; } = memory;

    public Span<byte> Row(int y) => Memory.GetSpan().Slice(y * Width * 4, Width * 4);

    public void Dispose() => ((IDisposable)Memory).Dispose();
}
