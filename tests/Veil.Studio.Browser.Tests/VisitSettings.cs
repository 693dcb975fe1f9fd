using Veil.Studio.Hosting;

namespace Veil.Studio.Browser.Tests;

/// <summary>How a window looks, and what the studio behind it is started with.</summary>
public sealed record VisitSettings
{
    /// <summary>A telephone's window.</summary>
    public static VisitSettings Narrow { get; } = new() { Width = 420, Height = 900 };

    /// <summary>A wide window in dark colours.</summary>
    public static VisitSettings Dark { get; } = new() { Colours = ColorScheme.Dark };

    /// <summary>A window of a width, as high as windows of that width are.</summary>
    public static VisitSettings Of(int width, ColorScheme colours, string locale) =>
        new() { Width = width, Height = width < 700 ? 900 : 800, Colours = colours, Locale = locale };

    /// <summary>Width in CSS pixels.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 800;

    /// <summary>What the system is said to prefer.</summary>
    public ColorScheme Colours { get; init; } = ColorScheme.Light;

    /// <summary>The browser's language.</summary>
    public string Locale { get; init; } = "en-GB";

    /// <summary>What the page may use without asking, e.g. camera.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Changes what the studio is started with.</summary>
    internal Func<StudioOptions, StudioOptions> Studio { get; init; } = options => options;
}
