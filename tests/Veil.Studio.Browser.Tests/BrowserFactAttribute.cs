namespace Veil.Studio.Browser.Tests;

/// <summary>A test that needs a browser; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public BrowserFactAttribute() => Skip = StudioBrowser.Missing;
}

/// <summary>A test of what drivers can do with Chromium alone; it skips in other browsers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    /// <param name="why">What a driver cannot do elsewhere.</param>
    public ChromiumFactAttribute(string why) => Skip = StudioBrowser.Missing ?? (BrowserKind.Asked == BrowserKind.Chromium ? null : why);
}

/// <summary>A test with data that needs a browser; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for it.</summary>
    public BrowserTheoryAttribute() => Skip = StudioBrowser.Missing;
}
