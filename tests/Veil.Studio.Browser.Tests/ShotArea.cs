namespace Veil.Studio.Browser.Tests;

/// <summary>How much a picture of a page shows.</summary>
public enum ShotArea
{
    /// <summary>All of it.</summary>
    Page,

    /// <summary>What the window shows.</summary>
    Window,
}
