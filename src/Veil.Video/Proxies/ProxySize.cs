using System.Globalization;

namespace Veil.Video.Proxies;

/// <summary>How large a film's proxy is, which browsers play in the film's place.</summary>
/// <param name="Width">Columns, even.</param>
/// <param name="Height">Rows, even.</param>
internal readonly record struct ProxySize(int Width, int Height)
{
    /// <summary>The longer side at most.</summary>
    private const int Longest = 1280;

    /// <summary>The filter that makes frames so large.</summary>
    public string Filter => string.Create(CultureInfo.InvariantCulture, $"scale={Width}:{Height}:flags=bilinear:out_range=tv,setsar=1");

    /// <summary>The size for a film's.</summary>
    /// <param name="width">Columns of its upright frames.</param>
    /// <param name="height">Rows of its upright frames.</param>
    public static ProxySize For(int width, int height)
    {
        var scale = Math.Min(1, (double)Longest / Math.Max(width, height));
        return new ProxySize(Even(width * scale), Even(height * scale));
    }

    // Colours come for two by two pixels.
    private static int Even(double side) => Math.Max(2, 2 * (int)Math.Round(side / 2));
}
