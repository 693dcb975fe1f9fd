namespace Veil.Benchmarks.Kernels;

/// <summary>The 400 × 400 RGB picture that bench/opencv_kernels.py computes too: smooth with a little grain.</summary>
internal static class BenchmarkPicture
{
    public const int Side = 400;

    public const int Channels = 3;

    public const int Stride = Side * Channels;

    public static byte[] Create()
    {
        var pixels = new byte[Side * Stride];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                for (var channel = 0; channel < Channels; channel++)
                {
                    var smooth = 127.5 + (100 * Math.Sin((x * 0.05) + channel) * Math.Cos(y * 0.04));
                    var grain = (((x * 7919) + (y * 104729) + (channel * 1299709)) % 17) - 8;
                    pixels[(y * Stride) + (x * Channels) + channel] = (byte)(smooth + grain);
                }
            }
        }

        return pixels;
    }
}
