namespace Veil.Kernels;

/// <summary>Checks what every kernel is given, once at its door; the loops behind it then use pointers.</summary>
internal static class KernelArguments
{
    public static void CheckPixels(int sourceLength, int sourceStride, int targetLength, int targetStride, int width, int height, int channels)
    {
        CheckChannels(channels);
        CheckPlane(sourceLength, sourceStride, width, height, channels, "source");
        CheckPlane(targetLength, targetStride, width, height, channels, "target");
    }

    public static void CheckChannels(int channels)
    {
        if (channels is not (1 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Expected 1, 3 or 4 channels.");
        }
    }

    public static void CheckPlane(int length, int stride, int width, int height, int channels, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var row = (long)width * channels;
        var needed = ((long)stride * (height - 1)) + row;
        if (stride < row || length < needed)
        {
            throw new ArgumentException($"Expected a {name} stride of at least {row} and {needed} bytes for {width}×{height}×{channels}, but received stride {stride} and {length} bytes.", name);
        }
    }

    public static void CheckPositive(float value, string name)
    {
        if (!(value > 0) || !float.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");
        }
    }

    public static void CopyRows(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int rowBytes, int height)
    {
        for (var y = 0; y < height; y++)
        {
            source.Slice(y * sourceStride, rowBytes).CopyTo(target.Slice(y * targetStride, rowBytes));
        }
    }
}
