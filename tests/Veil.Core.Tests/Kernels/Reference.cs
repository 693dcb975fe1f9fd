using System.Numerics;

namespace Veil.Core.Tests.Kernels;

/// <summary>The kernels as their definitions read, in double precision and without any cleverness.</summary>
internal static class Reference
{
    public static int Mirror(int position, int length)
    {
        while (length > 1 && (position < 0 || position >= length))
        {
            position = position < 0 ? -position : (2 * (length - 1)) - position;
        }

        return length == 1 ? 0 : position;
    }

    public static TestPicture Gaussian(TestPicture source, double sigma, int radius)
    {
        var taps = Enumerable.Range(-radius, (2 * radius) + 1).Select(n => Math.Exp(-n * n / (2 * sigma * sigma))).ToArray();
        var sum = taps.Sum();
        var between = new double[source.Width, source.Height];
        return Channelwise(source, (channel, set) =>
        {
            for (var y = 0; y < source.Height; y++)
            {
                for (var x = 0; x < source.Width; x++)
                {
                    between[x, y] = 0;
                    for (var n = -radius; n <= radius; n++)
                    {
                        between[x, y] += taps[n + radius] / sum * source[x, Mirror(y + n, source.Height), channel];
                    }
                }
            }

            for (var y = 0; y < source.Height; y++)
            {
                for (var x = 0; x < source.Width; x++)
                {
                    var value = 0.0;
                    for (var n = -radius; n <= radius; n++)
                    {
                        value += taps[n + radius] / sum * between[Mirror(x + n, source.Width), y];
                    }

                    set(x, y, value);
                }
            }
        });
    }

    public static TestPicture Box(TestPicture source, int size) => Window(source, size, size / 2, Mirror, values => values.Average());

    public static TestPicture Median(TestPicture source, int radius) =>
        Window(source, (2 * radius) + 1, radius, (position, length) => Math.Clamp(position, 0, length - 1), values =>
        {
            var sorted = values.Order().ToArray();
            return sorted[sorted.Length / 2];
        });

    /// <summary>One iteration at a time.</summary>
    public static TestPicture Dilate(TestPicture source, int size, int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            source = Window(source, size, size / 2, (position, length) => position < 0 || position >= length ? -1 : position, values => values.Max());
        }

        return source;
    }

    public static TestPicture Bilateral(TestPicture source, int diameter, double sigmaColor, double sigmaSpace)
    {
        var radius = Math.Max(1, diameter == 0 ? (int)Math.Round(sigmaSpace * 1.5) : diameter / 2);
        var colours = Math.Min(3, source.Channels);
        return Channelwise(source, (channel, set) =>
        {
            for (var y = 0; y < source.Height; y++)
            {
                for (var x = 0; x < source.Width; x++)
                {
                    var (sum, total) = (0.0, 0.0);
                    for (var dy = -radius; dy <= radius; dy++)
                    {
                        for (var dx = -radius; dx <= radius; dx++)
                        {
                            if ((dx * dx) + (dy * dy) > radius * radius)
                            {
                                continue;
                            }

                            var (px, py) = (Mirror(x + dx, source.Width), Mirror(y + dy, source.Height));
                            var difference = (double)Enumerable.Range(0, colours).Sum(c => Math.Abs(source[px, py, c] - source[x, y, c]));
                            var weight = Math.Exp(-difference * difference / (2 * sigmaColor * sigmaColor))
                                * Math.Exp(-((dx * dx) + (dy * dy)) / (2 * sigmaSpace * sigmaSpace));
                            sum += weight * source[px, py, channel];
                            total += weight;
                        }
                    }

                    set(x, y, sum / total);
                }
            }
        });
    }

    public static TestPicture Pixelate(TestPicture source, float originX, float originY, float cellWidth, float cellHeight)
    {
        (double, double) Cell(int x, int y) =>
            (Math.Floor((x + 0.5 - originX) / cellWidth), Math.Floor((y + 0.5 - originY) / cellHeight));
        return Channelwise(source, (channel, set) =>
        {
            var cells = new Dictionary<(double, double), List<int>>();
            for (var y = 0; y < source.Height; y++)
            {
                for (var x = 0; x < source.Width; x++)
                {
                    cells.TryAdd(Cell(x, y), []);
                    cells[Cell(x, y)].Add(source[x, y, channel]);
                }
            }

            for (var y = 0; y < source.Height; y++)
            {
                for (var x = 0; x < source.Width; x++)
                {
                    set(x, y, cells[Cell(x, y)].Average());
                }
            }
        });
    }

    /// <summary>Mean over the area a target pixel covers, by the share of every source pixel.</summary>
    public static TestPicture AreaMean(TestPicture source, int width, int height)
    {
        static double Share(int pixel, double begin, double end) => Math.Max(0, Math.Min(pixel + 1, end) - Math.Max(pixel, begin));
        var (scaleX, scaleY) = ((double)source.Width / width, (double)source.Height / height);
        return Fill(width, height, source.Channels, (x, y, channel) =>
        {
            var (sum, total) = (0.0, 0.0);
            for (var sy = 0; sy < source.Height; sy++)
            {
                for (var sx = 0; sx < source.Width; sx++)
                {
                    var share = Share(sx, x * scaleX, (x + 1) * scaleX) * Share(sy, y * scaleY, (y + 1) * scaleY);
                    sum += share * source[sx, sy, channel];
                    total += share;
                }
            }

            return sum / total;
        });
    }

    public static TestPicture Bilinear(TestPicture source, int width, int height) => Fill(width, height, source.Channels, (x, y, channel) =>
    {
        var (sx, sy) = (((x + 0.5) * source.Width / width) - 0.5, ((y + 0.5) * source.Height / height) - 0.5);
        var (left, top) = ((int)Math.Floor(sx), (int)Math.Floor(sy));
        double At(int px, int py) => source[Math.Clamp(px, 0, source.Width - 1), Math.Clamp(py, 0, source.Height - 1), channel];
        var upper = (At(left, top) * (1 - sx + left)) + (At(left + 1, top) * (sx - left));
        var lower = (At(left, top + 1) * (1 - sx + left)) + (At(left + 1, top + 1) * (sx - left));
        return (upper * (1 - sy + top)) + (lower * (sy - top));
    });

    public static TestPicture Warp(TestPicture source, int width, int height, Matrix3x2 targetToSource)
    {
        return Fill(width, height, 4, (x, y, channel) =>
        {
            var sx = ((x + 0.5) * targetToSource.M11) + ((y + 0.5) * targetToSource.M21) + targetToSource.M31 - 0.5;
            var sy = ((x + 0.5) * targetToSource.M12) + ((y + 0.5) * targetToSource.M22) + targetToSource.M32 - 0.5;
            var (left, top) = ((int)Math.Floor(sx), (int)Math.Floor(sy));
            var (colour, alpha) = (0.0, 0.0);
            for (var dy = 0; dy < 2; dy++)
            {
                for (var dx = 0; dx < 2; dx++)
                {
                    var (px, py) = (left + dx, top + dy);
                    if (px < 0 || py < 0 || px >= source.Width || py >= source.Height)
                    {
                        continue;
                    }

                    var weight = (dx == 0 ? 1 - sx + left : sx - left) * (dy == 0 ? 1 - sy + top : sy - top);
                    alpha += weight * source[px, py, 3];
                    colour += weight * source[px, py, 3] * source[px, py, channel];
                }
            }

            return channel == 3 ? alpha : Math.Floor(alpha + 0.5) == 0 ? 0 : colour / alpha;
        });
    }

    private static TestPicture Fill(int width, int height, int channels, Func<int, int, int, double> value)
    {
        var target = new TestPicture(width, height, channels, 0);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    target[x, y, channel] = (byte)Math.Floor(value(x, y, channel) + 0.5);
                }
            }
        }

        return target;
    }

    private static TestPicture Window(TestPicture source, int size, int anchor, Func<int, int, int> border, Func<IEnumerable<int>, double> reduce) =>
        Fill(source.Width, source.Height, source.Channels, (x, y, channel) =>
        {
            var values = new List<int>(size * size);
            for (var dy = 0; dy < size; dy++)
            {
                var py = border(y + dy - anchor, source.Height);
                for (var dx = 0; dx < size && py >= 0; dx++)
                {
                    var px = border(x + dx - anchor, source.Width);
                    if (px >= 0)
                    {
                        values.Add(source[px, py, channel]);
                    }
                }
            }

            return reduce(values);
        });

    private static TestPicture Channelwise(TestPicture source, Action<int, Action<int, int, double>> compute)
    {
        var target = new TestPicture(source.Width, source.Height, source.Channels, 0);
        for (var channel = 0; channel < source.Channels; channel++)
        {
            var current = channel;
            compute(channel, (x, y, value) => target[x, y, current] = (byte)Math.Floor(value + 0.5));
        }

        return target;
    }
}
