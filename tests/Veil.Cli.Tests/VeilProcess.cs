using System.Diagnostics;

namespace Veil.Tests;

/// <summary>Runs the built program as a user would.</summary>
internal sealed record VeilProcess(int ExitCode, byte[] Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    // Shells start background jobs, and so tests run as one, with Ctrl-C ignored; programs started by them inherit that.
    private const string HearInterrupts = "--default-signal=INT";

    public string Text => System.Text.Encoding.UTF8.GetString(Output);

    public static VeilProcess Run(params string[] arguments) => Run([], new Dictionary<string, string>(), arguments);

    public static VeilProcess Run(byte[] input, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = process.StandardError.ReadToEndAsync();
        using (var stdin = process.StandardInput.BaseStream)
        {
            stdin.Write(input);
        }

        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"veil {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        copying.GetAwaiter().GetResult();
        return new VeilProcess(process.ExitCode, output.ToArray(), errors.GetAwaiter().GetResult());
    }

    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        OperatingSystem.IsLinux() ? Start("env", [HearInterrupts, "dotnet"], environment, arguments) : Start("dotnet", [], environment, arguments);

    /// <summary>Starts it as the first of a process group, as a shell does in a terminal.</summary>
    public static Process StartGroup(params string[] arguments) => Start("setsid", ["env", HearInterrupts, "dotnet"], new Dictionary<string, string>(), arguments);

    private static Process Start(string program, string[] before, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, before)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "veil.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("VEIL_MODELS");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The program ended as expected; otherwise its words are part of the failure.</summary>
    public VeilProcess Exits(int code)
    {
        Assert.True(ExitCode == code, $"Expected exit code {code}, but it was {ExitCode}.\n{Errors}\n{Text}");
        return this;
    }
}
