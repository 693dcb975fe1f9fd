using System.Diagnostics;

namespace Veil.Engine.Tests.Packaging;

/// <summary>Runs the .NET command line apart from the test's own build.</summary>
internal static class DotnetCommand
{
    // Longer than a machine ten times overloaded takes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Runs it to its end, which must be a good one.</summary>
    /// <param name="folder">Where; programs find nothing of the user's models or caches there.</param>
    /// <param name="arguments">What.</param>
    /// <returns>What it wrote.</returns>
    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // The test's own build, and the user, have said things in the environment that are not meant for this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "VEIL_MODELS" or "NUGET_PACKAGES").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CACHE_HOME"] = folder;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
        }

        var written = output.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{written}\n{errors.GetAwaiter().GetResult()}");
        return written;
    }
}
