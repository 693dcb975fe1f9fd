using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Veil.Tests;

public sealed partial class IsolationTests : IDisposable
{
    private const int Kill = 9;
    private const int Stop = 19;
    private static readonly string[] Modes = ["none", "required"];
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

    [SandboxFact]
    public void What_a_run_names_reaches_its_sandboxed_workers_and_results_reach_their_places()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/deep/c.jpg", "elsewhere/b.jpg");
        File.CreateSymbolicLink(_folder["in/b.jpg"], _folder["elsewhere/b.jpg"]);
        _folder.Write("secret.key", new byte[32]);
        _folder.Write("options.json", "{\"find\":[\"image\"],\"method\":\"solid\"}"u8);

        foreach (var mode in Modes)
        {
            VeilProcess.Run(
                "anonymize", _folder["in"], "-o", _folder[mode + "/out"], "--explain", _folder[mode + "/steps"], "--isolate", "--sandbox", mode,
                "--options", _folder["options.json"], "--names", "hash", "--name-key", _folder["secret.key"]).Exits(0);
        }

        Assert.Equal(Made("none"), Made("required"));
        Assert.Equal(6, Made("required").Count);
        Assert.Equal(Items("none/out"), Items("required/out"));
    }

    [SandboxFact]
    public void A_file_of_its_own_is_replaced_when_that_is_asked_for()
    {
        People.CopyTo(_folder, "a.jpg");
        string[] run = ["anonymize", _folder["a.jpg"], "-o", _folder["b.jpg"], "--isolate", "--sandbox", "required", .. Whole];

        VeilProcess.Run(run).Exits(0);
        File.WriteAllText(_folder["b.jpg"], "mine");
        Assert.NotEqual(0, VeilProcess.Run(run).ExitCode);
        Assert.Equal("mine", File.ReadAllText(_folder["b.jpg"]));
        VeilProcess.Run([.. run, "--force"]).Exits(0);

        Assert.True(new FileInfo(_folder["b.jpg"]).Length > 4);
        Assert.Equal(["a.jpg", "b.jpg"], _folder.Files().Order(StringComparer.Ordinal));
    }

    [SandboxFact]
    public async Task The_kernel_says_that_workers_of_a_run_are_held()
    {
        BigPicture.WriteTo(_folder, "in/big.png");
        using var process = VeilProcess.Start(new Dictionary<string, string>(), ["anonymize", _folder["in"], "-o", _folder["out"], "--isolate", .. Slowly]);

        var status = Read(await WorkerAtWorkAsync(process), "status");
        process.Kill();
        await process.WaitForExitAsync();

        Assert.Contains("\nNoNewPrivs:\t1\n", status, StringComparison.Ordinal);
        Assert.Contains("\nSeccomp:\t2\n", status, StringComparison.Ordinal);
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

    /// <summary>What a run has made, by name.</summary>
    private List<string> Made(string mode) => [.. _folder.Files().Where(file => file.StartsWith(mode + "/", StringComparison.Ordinal) && Path.GetExtension(file) is ".jpg" or ".png")
        .Order(StringComparer.Ordinal).Select(file => file[mode.Length..] + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_folder[file]))))];

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
