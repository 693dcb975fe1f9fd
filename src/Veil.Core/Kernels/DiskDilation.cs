namespace Veil.Kernels;

/// <summary>Dilation of a plane with a disk. Thread-safe.</summary>
internal static class DiskDilation
{
    /// <summary>
    /// Gives every pixel the largest value within a distance: of the disk's pixels those count whose centres are no further off
    /// (<c>skimage.morphology.disk</c>). What lies outside the plane never wins.
    /// </summary>
    /// <param name="source">Row after row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="radius">0 or more.</param>
    public static byte[] Apply(ReadOnlySpan<byte> source, int width, int radius)
    {
        var height = source.Length / width;
        var target = new byte[source.Length];
        for (var dy = -radius; dy <= radius; dy++)
        {
            var reach = (int)MathF.Sqrt((radius * radius) - (dy * dy));
            for (var y = Math.Max(0, -dy); y < Math.Min(height, height - dy); y++)
            {
                var from = source.Slice((y + dy) * width, width);
                var to = target.AsSpan(y * width, width);
                for (var x = 0; x < width; x++)
                {
                    if (from[x] == 0)
                    {
                        continue;
                    }

                    for (var i = Math.Max(0, x - reach); i <= Math.Min(width - 1, x + reach); i++)
                    {
                        to[i] = Math.Max(to[i], from[x]);
                    }
                }
            }
        }

        return target;
    }
}
