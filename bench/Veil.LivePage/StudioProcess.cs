using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Veil.LivePage;

/// <summary>A studio of the program under measurement, with a data folder of its own.</summary>
internal sealed partial class StudioProcess : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("veil-live-page").FullName;
    private readonly Process _process;

    public StudioProcess(string program)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "studio", "--no-browser", "--data", _data]) { RedirectStandardOutput = true })!;
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (Address().Match(line) is { Success: true } found)
            {
                Entry = new Uri(found.Value);
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("The studio printed no address.");
    }

    public Uri Entry { get; }

    public int Id => _process.Id;

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [GeneratedRegex("http://[^ ]+")]
    private static partial Regex Address();
}
