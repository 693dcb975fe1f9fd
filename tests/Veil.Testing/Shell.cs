using System.Diagnostics;

namespace Veil.Testing;

/// <summary>Makes what .NET has no call for: pipes, sockets, devices, mounts, names that are not UTF-8.</summary>
public static class Shell
{
    /// <summary>Runs a bash script in a folder; true when it succeeds.</summary>
    public static bool Run(string folder, string script)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        bash.StandardOutput.ReadToEnd();
        errors.GetAwaiter().GetResult();
        bash.WaitForExit();
        return bash.ExitCode == 0;
    }
}
