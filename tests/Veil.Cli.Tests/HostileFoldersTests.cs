using System.Diagnostics;

namespace Veil.Tests;

public sealed class HostileFoldersTests : IDisposable
{
    private static readonly string[] Whole = ["--find", "image", "--method", "solid"];
    private readonly TemporaryFolder _folder = new();

    public HostileFoldersTests() => People.CopyTo(_folder, "in/a.jpg");

    public void Dispose()
    {
        Shell.Run(_folder.FullPath, "umount disk; rm -rf in");
        _folder.Dispose();
    }

    [Fact]
    public void Pipes_sockets_devices_and_broken_links_are_told_and_never_opened()
    {
        Assert.True(Shell.Run(_folder["in"], "mkfifo pipe.jpg; ln -s pipe.jpg link.jpg; ln -s nowhere dangling.jpg; ln -s loop.jpg loop.jpg; ln -s /dev/zero device.jpg; python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('socket.jpg')\" || true"));

        var run = Run().Exits(1);

        Assert.Contains("pipe.jpg: not a picture", run.Errors, StringComparison.Ordinal);
        Assert.Contains("link.jpg: not a picture", run.Errors, StringComparison.Ordinal);
        Assert.Contains("device.jpg: not a picture", run.Errors, StringComparison.Ordinal);
        Assert.Contains("dangling.jpg: FAILED (UnreadableInput, open): It is a link to 'nowhere'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("loop.jpg: FAILED (UnreadableInput", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.jpg"], Pictures());
        Assert.Contains("is a pipe", VeilProcess.Run("anonymize", _folder["in/pipe.jpg"], "-o", _folder["out2/"]).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_picture_gives_a_picture_and_no_link()
    {
        People.CopyTo(_folder, "elsewhere/b.jpg");
        File.CreateSymbolicLink(_folder["in/link.jpg"], _folder["elsewhere/b.jpg"]);

        Run().Exits(0);

        Assert.Null(new FileInfo(_folder["out/link.jpg"]).LinkTarget);
        Assert.Equal(File.ReadAllBytes(People.Four), File.ReadAllBytes(_folder["elsewhere/b.jpg"]));
    }

    [Fact]
    public void Names_that_are_not_utf8_fail_and_the_others_are_done()
    {
        Assert.True(Shell.Run(_folder["in"], @"cp a.jpg $'x\xff.jpg'; mkdir $'d\xfe'; cp a.jpg $'d\xfe/b.jpg'"));

        var run = Run().Exits(1);

        Assert.Equal(2, run.Errors.Split("Expected a name in UTF-8").Length - 1);
        Assert.Equal(["a.jpg"], Pictures());
    }

    [Fact]
    public void The_longest_names_are_written()
    {
        var name = string.Concat(Enumerable.Repeat("写", 83)) + ".jpg";
        People.CopyTo(_folder, "in/" + name, "in/" + new string('n', 251) + ".jpg");

        Run().Exits(0);

        Assert.Equal(3, Pictures().Count());
        var longer = VeilProcess.Run(["anonymize", _folder["in/" + new string('n', 251) + ".jpg"], "-o", _folder["out2/"], "--format", "webp", .. Whole]).Exits(1);
        Assert.Contains("UnwritableOutput", longer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_run_left_is_removed_by_the_next()
    {
        Run().Exits(0);
        _folder.Write("out/.b.jpg.0123456789abcdef.veil-tmp", "half"u8);
        _folder.Write("out/.precious.veil-tmp", "mine"u8);

        Run().Exits(0);

        Assert.False(File.Exists(_folder["out/.b.jpg.0123456789abcdef.veil-tmp"]));
        Assert.True(File.Exists(_folder["out/.precious.veil-tmp"]));
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_and_leaves_nothing_half_done()
    {
        People.CopyTo(_folder, [.. Enumerable.Range(0, 150).Select(i => $"in/{i:000}.jpg")]);
        using (var process = VeilProcess.Start(new Dictionary<string, string>(), ["anonymize", _folder["in"], "-o", _folder["out"], .. Whole]))
        {
            while (!Directory.Exists(_folder["out"]) || Directory.GetFiles(_folder["out"], "*.jpg").Length < 3)
            {
                Assert.False(process.HasExited, "It ended before it could be killed.");
                await Task.Delay(5);
            }

            process.Kill();
            await process.WaitForExitAsync();
        }

        Run().Exits(0);

        Assert.Equal(151, Pictures().Count());
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith("veil-tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_no_half_file()
    {
        if (!Mount("size=96k"))
        {
            return;
        }

        People.CopyTo(_folder, "in/b.jpg", "in/c.jpg", "in/d.jpg");
        var run = VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["disk/out"], "--jobs", "1", "--find", "image", "--method", "gaussian", "--set", "sigma=0.5px"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain("Unhandled", run.Errors, StringComparison.Ordinal);
        Assert.Contains("space", run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith("veil-tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_read_only_output_is_told()
    {
        if (!Mount("size=1m") || !Shell.Run(_folder.FullPath, "mount -o remount,ro disk"))
        {
            return;
        }

        Assert.Contains("Read-only file system", VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["disk/out"], .. Whole]).Exits(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_source_is_enough()
    {
        if (!Mount("size=1m") || !Shell.Run(_folder.FullPath, "cp in/a.jpg disk; mount -o remount,ro disk"))
        {
            return;
        }

        VeilProcess.Run(["anonymize", _folder["disk"], "-o", _folder["out"], .. Whole]).Exits(0);
        Assert.Equal(["a.jpg"], Pictures());
    }

    [Fact]
    public async Task Files_that_vanish_while_the_run_goes_on_fail_alone()
    {
        BigPicture.WriteTo(_folder, "in/0.png");
        People.CopyTo(_folder, "in/b.jpg");
        using var process = VeilProcess.Start(
            new Dictionary<string, string>(),
            ["anonymize", _folder["in"], "-o", _folder["out"], "--jobs", "1", "--find", "image", "--method", "bilateral", "--set", "diameter=15px"]);
        var errors = process.StandardError.ReadToEndAsync();
        for (var clock = Stopwatch.StartNew(); !File.Exists(_folder["out/.veil-journal.jsonl"]); await Task.Delay(5))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2) && !process.HasExited, "It did not get to work.");
        }

        // The first picture takes long enough for the second to vanish before its turn.
        File.Delete(_folder["in/a.jpg"]);
        await process.WaitForExitAsync();

        Assert.Contains("a.jpg: FAILED (UnreadableInput, open)", await errors, StringComparison.Ordinal);
        Assert.Equal((1, false, true), (process.ExitCode, File.Exists(_folder["out/a.jpg"]), File.Exists(_folder["out/b.jpg"])));
    }

    private VeilProcess Run() => VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["out"], .. Whole]);

    private IEnumerable<string> Pictures() => Directory.EnumerateFiles(_folder["out"], "*.jpg").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);

    // Only root may mount, and not everywhere.
    private bool Mount(string options) => Shell.Run(_folder.FullPath, $"mkdir disk && mount -t tmpfs -o {options} none disk");
}
