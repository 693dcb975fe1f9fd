namespace Veil.Kernels;

/// <summary>Which source pixels make each target pixel along one axis, and with what weight; weights of a pixel sum to one.</summary>
/// <param name="First">Entry t is where target pixel t begins in the other two lists; one entry more than pixels.</param>
/// <param name="Positions">Source pixels.</param>
/// <param name="Weights">Their weights.</param>
internal sealed record ResamplingAxis(int[] First, int[] Positions, float[] Weights)
{
    /// <summary>Target pixels.</summary>
    public int Length => First.Length - 1;

    public static ResamplingAxis Create(int sourceLength, int targetLength, Resampling mode)
    {
        var first = new int[targetLength + 1];
        var positions = new List<int>(2 * targetLength);
        var weights = new List<float>(2 * targetLength);
        var scale = (double)sourceLength / targetLength;
        for (var t = 0; t < targetLength; t++)
        {
            first[t] = positions.Count;
            if (mode == Resampling.Nearest)
            {
                // In whole numbers: a centre that falls on an edge belongs to the right-hand pixel on every machine.
                positions.Add((int)(((2L * t) + 1) * sourceLength / (2L * targetLength)));
                weights.Add(1);
            }
            else if (mode == Resampling.Area && sourceLength > targetLength)
            {
                AddArea(t, sourceLength, targetLength, positions, weights);
            }
            else if (mode is Resampling.Bilinear or Resampling.Area)
            {
                var centre = ((t + 0.5) * scale) - 0.5;
                var left = (int)Math.Floor(centre);
                var share = (float)(centre - left);
                positions.Add(Math.Clamp(left, 0, sourceLength - 1));
                weights.Add(1 - share);
                positions.Add(Math.Clamp(left + 1, 0, sourceLength - 1));
                weights.Add(share);
            }
            else
            {
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected a known resampling mode.");
            }
        }

        first[targetLength] = positions.Count;
        return new ResamplingAxis(first, [.. positions], [.. weights]);
    }

    // In units of 1 / targetLength of a source pixel everything is a whole number, so the shares are exact.
    private static void AddArea(int t, int sourceLength, int targetLength, List<int> positions, List<float> weights)
    {
        var (begin, end) = ((long)t * sourceLength, (t + 1L) * sourceLength);
        for (var pixel = begin / targetLength; pixel * targetLength < end; pixel++)
        {
            var share = Math.Min(end, (pixel + 1) * targetLength) - Math.Max(begin, pixel * targetLength);
            positions.Add((int)pixel);
            weights.Add((float)((double)share / sourceLength));
        }
    }
}
