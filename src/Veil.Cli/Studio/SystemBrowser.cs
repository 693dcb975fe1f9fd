using System.ComponentModel;
using System.Diagnostics;

namespace Veil.Cli.Studio;

/// <summary>The browser that the user's system opens addresses with.</summary>
internal static class SystemBrowser
{
    /// <summary>Opens an address; false where there is no browser, or no screen to show it on.</summary>
    public static bool TryOpen(Uri address)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(address.ToString()) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null)
        {
            return false;
        }

        try
        {
            using var started = Process.Start(start);
            return true;
        }
        catch (Win32Exception)
        {
            // No such program.
            return false;
        }
    }
}
