namespace Veil.Studio.Browser.Tests.Journeys;

/// <summary>A test that needs Chromium, ffmpeg and the generated portraits.</summary>
public sealed class HolidayFactAttribute : FactAttribute
{
    /// <summary>Skips where one of them is not here.</summary>
    public HolidayFactAttribute() => Skip = StudioBrowser.Missing ?? new FfmpegFactAttribute().Skip ?? new DataFactAttribute("synthetic-portraits").Skip;
}
