namespace Veil.Cli.Studio;

/// <summary>Whether the studio opens the user's browser.</summary>
internal enum BrowserStart
{
    /// <summary>It does, where one is found.</summary>
    Yes,

    /// <summary>The address is only printed.</summary>
    No,
}
