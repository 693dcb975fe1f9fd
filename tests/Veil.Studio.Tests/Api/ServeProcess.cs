using System.Diagnostics;
using System.Text;

namespace Veil.Studio.Tests.Api;

/// <summary>The real program, serving.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ServeProcess(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it said on standard error.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<ServeProcess> StartAsync(string data, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "veil.dll"), "serve", "--data", data, "--port", "0", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var serve = new ServeProcess(Process.Start(start)!);
        serve._process.ErrorDataReceived += (_, line) =>
        {
            lock (serve._said)
            {
                serve._said.AppendLine(line.Data);
            }
        };
        serve._process.BeginErrorReadLine();
        var first = await serve._process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience);
        Assert.True(first?.StartsWith("veil serve: http", StringComparison.Ordinal), $"{first}\n{serve.Said}");
        serve.Address = new Uri(first!["veil serve: ".Length..]);
        return serve;
    }

    /// <summary>Ends it without a warning, as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async Task<int> TerminateAsync()
    {
        Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!.Dispose();
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return _process.ExitCode;
    }

    public long ResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
