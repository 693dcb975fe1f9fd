using Veil.Imaging;

namespace Veil.Anonymization.Methods.Veiling;

/// <summary>
/// Measures the mean colour of a region and gives it back as the number of a tone, the only thing that leaves it. Only
/// pixels of coverage 255 are read: what lies around belongs to others, and the soft edge partly does.
/// </summary>
internal static class VeilMeter
{
    // The inner ellipse whose colour counts, as a share of the box: about the detected face without what growth added.
    private const float Inner = 0.75f;

    // Samples along each side: four bits need no more, and the cost stays the same for any size.
    private const int Samples = 64;

    /// <summary>The tone of what the mask covers; middle grey when it covers nothing fully.</summary>
    public static int Measure(RegionCanvas canvas, PixelBuffer source)
    {
        var step = Math.Max(1, (int)(canvas.LongSide / Samples));
        var mean = default(Mean);
        for (var y = step / 2; y < canvas.Height; y += step)
        {
            var v = (y + 0.5f - canvas.Box.CenterY) / (canvas.Box.Height / 2);
            var reach = MathF.Sqrt(Math.Max(0, (Inner * Inner) - (v * v))) * canvas.Box.Width / 2;
            var from = (int)Math.Clamp(canvas.Box.CenterX - reach, 0, canvas.Width);
            var to = (int)Math.Clamp(canvas.Box.CenterX + reach, 0, canvas.Width);
            mean.Add(canvas.Coverage(y), source.Row(y), from + (step / 2), to, step);
        }

        // An outline or a mask may leave the middle out, and a small region may slip between samples.
        for (var y = 0; y < canvas.Height && mean.IsEmpty; y++)
        {
            mean.Add(canvas.Coverage(y), source.Row(y), 0, canvas.Width, 1);
        }

        return mean.IsEmpty ? VeilPalette.Neutral : mean.Quantize();
    }

    private struct Mean
    {
        private long _red;
        private long _green;
        private long _blue;
        private long _count;

        public readonly bool IsEmpty => _count == 0;

        public void Add(ReadOnlySpan<byte> coverage, ReadOnlySpan<byte> row, int from, int to, int step)
        {
            for (var x = from; x < to; x += step)
            {
                if (coverage[x] == byte.MaxValue)
                {
                    _red += row[x * 3];
                    _green += row[(x * 3) + 1];
                    _blue += row[(x * 3) + 2];
                    _count++;
                }
            }
        }

        public readonly int Quantize() => VeilPalette.Quantize((float)_red / _count, (float)_green / _count, (float)_blue / _count);
    }
}
