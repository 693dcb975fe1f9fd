using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Veil.Tests;

public sealed partial class IsolationTests : IDisposable
{
    private const int Kill = 9;
    private const int Stop = 19;
    private static readonly string[] Whole = ["--find", "image", "--method", "solid"];

    // Takes many seconds on the big picture, so that a busy machine still finds its worker at work.
    private static readonly string[] Slowly = ["--find", "image", "--method", "bilateral", "--set", "diameter=31px"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_bytes_and_the_same_report_come_out_with_and_without()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/deep/b.jpg");
        _folder.Write("in/broken.jpg", File.ReadAllBytes(People.Four).AsSpan(0, 5000));
        _folder.Write("in/notes.txt", "no picture"u8);

        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["plain"], "--detector", "retinaface", "--threshold", "0.02").Exits(1);
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["isolated"], "--detector", "retinaface", "--threshold", "0.02", "--isolate").Exits(1);

        foreach (var name in new[] { "a.jpg", "deep/b.jpg" })
        {
            Assert.Equal(File.ReadAllBytes(_folder["plain/" + name]), File.ReadAllBytes(_folder["isolated/" + name]));
        }

        Assert.Equal(Items("plain"), Items("isolated"));
    }

    [Fact]
    public void Regions_are_detected_alike_with_and_without()
    {
        People.CopyTo(_folder, "in/a.jpg");

        Assert.Equal(
            VeilProcess.Run("detect", _folder["in"], "--detector", "retinaface", "--threshold", "0.02").Exits(0).Text,
            VeilProcess.Run("detect", _folder["in"], "--detector", "retinaface", "--threshold", "0.02", "--isolate").Exits(0).Text);
    }

    [Fact]
    public async Task A_worker_that_is_killed_amid_a_picture_costs_that_picture()
    {
        var run = await DisturbAsync(Kill);

        Assert.Contains("big.png: FAILED (WorkerCrashed", run, StringComparison.Ordinal);
        Assert.Contains("signal 9", run, StringComparison.Ordinal);
        Assert.Equal(["out/.veil-journal.jsonl", "out/z.jpg", "out/veil-report.json"], Outputs());
    }

    [Fact]
    public async Task A_worker_that_stands_still_costs_its_picture()
    {
        var run = await DisturbAsync(Stop, "--max-seconds", "20");

        Assert.Contains("big.png: FAILED (TimedOut", run, StringComparison.Ordinal);
        Assert.Equal(["out/.veil-journal.jsonl", "out/z.jpg", "out/veil-report.json"], Outputs());
    }

    [Fact]
    public async Task No_worker_outlives_a_run_that_is_killed()
    {
        BigPicture.WriteTo(_folder, "in/big.png");
        using var process = VeilProcess.Start(new Dictionary<string, string>(), ["anonymize", _folder["in"], "-o", _folder["out"], "--isolate", .. Slowly]);
        var worker = await WorkerAtWorkAsync(process);

        process.Kill();
        await process.WaitForExitAsync();

        await Eventually.TrueAsync(() => !Lives(worker));
    }

    [Fact]
    public void A_picture_that_takes_too_much_memory_fails()
    {
        BigPicture.WriteTo(_folder, "in/big.png");

        Assert.Contains("--max-memory", VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["out"], "--isolate", "--max-memory", "120", .. Whole]).Exits(1).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/big.png"]));
    }

    [Fact]
    public void A_picture_that_takes_too_long_fails_without_isolation_too()
    {
        BigPicture.WriteTo(_folder, "in/big.png");

        Assert.Contains("TimedOut", VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["out"], "--max-seconds", "0.001", .. Whole]).Exits(1).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/big.png"]));
    }

    [Fact]
    public void Standard_input_and_memory_without_processes_are_refused()
    {
        Assert.Contains("--isolate", VeilProcess.Run("anonymize", "-", "-o", "-", "--isolate").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--isolate", VeilProcess.Run("anonymize", ".", "-o", _folder["out"], "--max-memory", "9").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--max-seconds", VeilProcess.Run("anonymize", ".", "-o", _folder["out"], "--max-seconds", "-1").Exits(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_cannot_work_stops_the_run_with_its_own_words()
    {
        People.CopyTo(_folder, "in/a.jpg");
        _folder.Write("model.onnx", "this is no model"u8);

        Assert.Contains("ONNX", VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--isolate", "--model", _folder["model.onnx"]).Exits(3).Errors, StringComparison.Ordinal);
    }

    private IEnumerable<string> Outputs() => _folder.Files().Where(file => file.StartsWith("out/", StringComparison.Ordinal)).OrderBy(file => file.Contains("report", StringComparison.Ordinal)).ThenBy(file => file, StringComparer.Ordinal);

    /// <summary>Sends a signal to the worker while it works on the first of two pictures, and returns what the run says.</summary>
    private async Task<string> DisturbAsync(int signal, params string[] more)
    {
        BigPicture.WriteTo(_folder, "in/big.png");
        People.CopyTo(_folder, "in/z.jpg");
        using var process = VeilProcess.Start(new Dictionary<string, string>(), ["anonymize", _folder["in"], "-o", _folder["out"], "--isolate", "--jobs", "1", .. Slowly, .. more]);
        var errors = process.StandardError.ReadToEndAsync();
        Assert.Equal(0, Send(await WorkerAtWorkAsync(process), signal));
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        Assert.Equal(1, process.ExitCode);
        return await errors;
    }

    /// <summary>The worker's process id, once it has loaded the codecs: it decodes then.</summary>
    private static async Task<int> WorkerAtWorkAsync(Process parent)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(10))
        {
            Assert.False(parent.HasExited, "The run ended before its worker was found at work.");
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "No worker got to work.");
            foreach (var child in Children(parent.Id))
            {
                if (Read(child, "maps").Contains("libvips", StringComparison.Ordinal))
                {
                    return child;
                }
            }
        }
    }

    private static IEnumerable<int> Children(int parent) => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Read(id, "status").Contains($"\nPPid:\t{parent}\n", StringComparison.Ordinal));

    private static bool Lives(int process) => Read(process, "status") is { Length: > 0 } status && !status.Contains("State:\tZ", StringComparison.Ordinal);

    /// <summary>What the system says of a process; nothing when it is gone.</summary>
    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The items of a report without their times.</summary>
    private string Items(string output)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(_folder[output + "/veil-report.json"]));
        return string.Join('\n', report.RootElement.GetProperty("items").EnumerateArray().Select(item => string.Join(
            ' ', item.EnumerateObject().Where(property => property.Name != "milliseconds").Select(property => property.ToString()))));
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
