using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// Mean and spread of colours in brightness, red and blue difference (Rec. 601): three numbers that hardly depend on one
/// another in photographs, so that each can be matched by itself (Reinhard et al., Color Transfer between Images, 2001).
/// </summary>
/// <param name="Mean">Of brightness and the two differences, on the 0..255 scale.</param>
/// <param name="Deviation">Standard deviation of each, 0 or more.</param>
public readonly record struct ColourStatistics(Vector3 Mean, Vector3 Deviation)
{
    /// <summary>Brightness, red difference and blue difference of a colour.</summary>
    /// <param name="red">0..255.</param>
    /// <param name="green">0..255.</param>
    /// <param name="blue">0..255.</param>
    public static Vector3 Opponents(float red, float green, float blue)
    {
        var luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
        return new Vector3(luma, red - luma, blue - luma);
    }

    /// <summary>The colour of given opponents, not clamped.</summary>
    /// <param name="opponents">As <see cref="Opponents"/> gives them.</param>
    public static Vector3 Colour(Vector3 opponents)
    {
        var (luma, red, blue) = (opponents.X, opponents.Y, opponents.Z);
        return new Vector3(luma + red, luma - (((0.299f * red) + (0.114f * blue)) / 0.587f), luma + blue);
    }
}

/// <summary>Gathers <see cref="ColourStatistics"/>. A mutable value.</summary>
public struct ColourMeter
{
    private Vector3 _sum;
    private Vector3 _squares;

    /// <summary>How many pixels were added.</summary>
    public int Count { get; private set; }

    /// <summary>Mean and spread of what was added; zeros for nothing.</summary>
    public readonly ColourStatistics Statistics
    {
        get
        {
            var mean = _sum / Math.Max(1, Count);
            return new ColourStatistics(mean, Vector3.SquareRoot(Vector3.Max(Vector3.Zero, (_squares / Math.Max(1, Count)) - (mean * mean))));
        }
    }

    /// <summary>Adds one pixel.</summary>
    /// <param name="pixel">Red, green, blue.</param>
    public void Add(ReadOnlySpan<byte> pixel)
    {
        var value = ColourStatistics.Opponents(pixel[0], pixel[1], pixel[2]);
        _sum += value;
        _squares += value * value;
        Count++;
    }
}

/// <summary>Gives a picture the colours of another: mean and spread of brightness and of both colour differences. Thread-safe.</summary>
public static class ColourTransfer
{
    // More would turn noise into contrast, less would wash a face out.
    private const float Strongest = 1.6f;
    private const float Weakest = 0.6f;

    /// <summary>Changes a row of pixels.</summary>
    /// <param name="pixels">Red, green and blue, 8 bits each; changed in place.</param>
    /// <param name="from">Their statistics.</param>
    /// <param name="to">Those they are to have. Spread changes by a factor of 0.6 to 1.6 at most.</param>
    public static void Apply(Span<byte> pixels, in ColourStatistics from, in ColourStatistics to)
    {
        // Half a step each: noise alone in a flat colour has a spread too, and nothing may be divided by zero.
        var scale = Vector3.Clamp(
            (to.Deviation + new Vector3(0.5f)) / (from.Deviation + new Vector3(0.5f)), new Vector3(Weakest), new Vector3(Strongest));
        for (var i = 0; i + 2 < pixels.Length; i += 3)
        {
            var value = ((ColourStatistics.Opponents(pixels[i], pixels[i + 1], pixels[i + 2]) - from.Mean) * scale) + to.Mean;
            var colour = Vector3.Clamp(ColourStatistics.Colour(value) + new Vector3(0.5f), Vector3.Zero, new Vector3(255));
            (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
        }
    }
}
