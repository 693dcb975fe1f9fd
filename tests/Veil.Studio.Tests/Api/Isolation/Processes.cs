using System.Diagnostics;
using System.Globalization;

namespace Veil.Studio.Tests.Api.Isolation;

/// <summary>Other processes, as Linux tells of them.</summary>
internal static class Processes
{
    /// <summary>Those that a process has started and that live.</summary>
    public static IReadOnlyList<int> ChildrenOf(int id) => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0 && ParentOf(process) == id)];

    /// <summary>True until it has ended; one that waits to be taken note of has.</summary>
    public static bool Lives(int id) => Stat(id) is { } stat && stat[0] is not ("Z" or "X");

    /// <summary>Kills it without a word, and nobody else.</summary>
    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static int ParentOf(int id) => Stat(id) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0;

    private static string[]? Stat(int id)
    {
        try
        {
            var said = File.ReadAllText($"/proc/{id}/stat");
            return said[(said.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
