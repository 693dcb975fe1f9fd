using System.Runtime.InteropServices;
using System.Text.Json;
using Veil.Imaging;

namespace Veil.Tests;

public sealed partial class AnonymizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_comes_back_mirrored_with_every_face_covered_and_a_report()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/deep/b.jpg");

        Anonymize("in").Exits(0);

        Assert.Equal([".veil-journal.jsonl", "a.jpg", "deep/b.jpg", "veil-report.json"], Outputs());
        using var report = Report();
        foreach (var item in report.RootElement.GetProperty("items").EnumerateArray())
        {
            var regions = item.GetProperty("frames")[0].GetProperty("regions").EnumerateArray().Select(Rect).ToList();
            Assert.Equal(4, regions.Count);
            Assert.All(regions, face => Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], face) > 8));
        }

        Assert.Equal(64, report.RootElement.GetProperty("models")[0].GetProperty("sha256").GetString()!.Length);
        Assert.Equal("veil", report.RootElement.GetProperty("options").GetProperty("method").GetString());
    }

    [Fact]
    public void The_same_bytes_come_out_at_any_number_of_workers()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/b.jpg", "in/c.jpg");

        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["one"], "--jobs", "1").Exits(0);
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["three"], "--jobs", "3").Exits(0);

        foreach (var name in new[] { "a.jpg", "b.jpg", "c.jpg" })
        {
            Assert.Equal(File.ReadAllBytes(_folder["one/" + name]), File.ReadAllBytes(_folder["three/" + name]));
        }
    }

    [Fact]
    public void A_second_run_does_only_what_is_new()
    {
        People.CopyTo(_folder, "in/a.jpg");
        Anonymize("in").Exits(0);
        var written = File.GetLastWriteTimeUtc(_folder["out/a.jpg"]);
        People.CopyTo(_folder, "in/b.jpg");

        var second = Anonymize("in").Exits(0);

        Assert.Contains("done before", second.Errors, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder["out/a.jpg"]));
        Assert.True(File.Exists(_folder["out/b.jpg"]));
        using var report = Report();
        Assert.Equal(2, report.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void An_output_that_is_there_is_not_overwritten_without_force()
    {
        People.CopyTo(_folder, "in/a.jpg");
        _folder.Write("out/a.jpg", "precious"u8);

        Assert.Contains("OutputExists", Anonymize("in").Exits(1).Errors, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_folder["out/a.jpg"]));

        Anonymize("in", "--force").Exits(0);
        Assert.True(new FileInfo(_folder["out/a.jpg"]).Length > 1000);
    }

    [Fact]
    public void A_broken_picture_fails_alone_and_nothing_is_written_for_it()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/broken.jpg");
        File.WriteAllBytes(_folder["in/broken.jpg"], File.ReadAllBytes(_folder["in/a.jpg"])[..5000]);
        _folder.Write("in/notes.txt", "not a picture"u8);

        var run = Anonymize("in").Exits(1);

        Assert.Equal([".veil-journal.jsonl", "a.jpg", "veil-report.json"], Outputs());
        Assert.Contains("broken.jpg: FAILED (CorruptInput", run.Errors, StringComparison.Ordinal);
        Assert.Contains("notes.txt: not a picture", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void One_picture_goes_from_standard_input_to_standard_output()
    {
        var run = VeilProcess.Run(File.ReadAllBytes(People.Four), new Dictionary<string, string>(), "anonymize", "-", "-o", "-").Exits(0);

        using var picture = Picture.Decode(run.Output);
        Assert.Equal("jpeg", picture.Info.Format);
        Assert.NotEqual(File.ReadAllBytes(People.Four), run.Output);
    }

    [Fact]
    public void Standard_output_stays_empty_when_the_picture_is_broken() =>
        Assert.Empty(VeilProcess.Run(File.ReadAllBytes(People.Four)[..5000], new Dictionary<string, string>(), "anonymize", "-", "-o", "-").Exits(1).Output);

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        People.CopyTo(_folder, "in/a.jpg");

        var run = Anonymize("in", "--dry-run").Exits(0);

        Assert.Equal(["in/a.jpg"], _folder.Files());
        Assert.Contains("4 regions", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_come_from_a_file_and_the_command_line_wins()
    {
        People.CopyTo(_folder, "in/a.jpg");
        _folder.Write("options.json", """{"method": "pixelate", "set": {"grid": 4}, "growth": 0.5, "force": true}"""u8);

        Anonymize("in", "--options", _folder["options.json"], "--growth", "0.3").Exits(0);

        using var report = Report();
        var options = report.RootElement.GetProperty("options");
        Assert.Equal("pixelate", options.GetProperty("method").GetString());
        Assert.Equal("0.3", options.GetProperty("growth").GetString());
    }

    [Fact]
    public void Step_sheets_go_to_a_folder_of_their_own()
    {
        People.CopyTo(_folder, "in/a.jpg");

        Anonymize("in", "--explain", _folder["sheets"]).Exits(0);
        using var sheet = Picture.Decode(File.ReadAllBytes(_folder["sheets/a.jpg.steps.png"]));
        Assert.True(sheet.Info.Width > 1000);

        var refused = VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out2"], "--explain", _folder["out2"]);
        Assert.Contains("originals", refused.Exits(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_leaves_nothing_half_done_and_goes_on_later()
    {
        People.CopyTo(_folder, [.. Enumerable.Range(0, 120).Select(i => $"in/{i:000}.jpg")]);
        using (var process = VeilProcess.Start(new Dictionary<string, string>(), "anonymize", _folder["in"], "-o", _folder["out"], "--jobs", "2"))
        {
            // Wait for the first outputs, so that the signal falls into the middle of the work.
            while (!Directory.Exists(_folder["out"]) || Directory.GetFiles(_folder["out"], "*.jpg").Length < 3)
            {
                Assert.False(process.HasExited, "It ended before it could be interrupted.");
                await Task.Delay(20);
            }

            Assert.True(Kill(process.Id, 2) == 0, $"The signal was not delivered: {Marshal.GetLastPInvokeErrorMessage()}");
            await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
            Assert.Equal(130, process.ExitCode);
        }

        Assert.InRange(Directory.GetFiles(_folder["out"], "*.jpg").Length, 3, 119);
        Assert.DoesNotContain(_folder.Files(), file => file.Contains("veil-tmp", StringComparison.Ordinal));

        var second = Anonymize("in").Exits(0);
        Assert.Contains("done before", second.Errors, StringComparison.Ordinal);
        Assert.Equal(120, Directory.GetFiles(_folder["out"], "*.jpg").Length);
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_told()
    {
        People.CopyTo(_folder, "in/a.jpg");
        _folder.Write("file", "x"u8);

        Assert.Contains("cannot be used", VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["file/out"]).Exits(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_for_whole_pictures_takes_them_whole()
    {
        People.CopyTo(_folder, "in/a.jpg");

        Anonymize("in", "--preset", "data-anonymization/gaussian").Exits(0);

        using var report = Report();
        Assert.Equal("image", report.RootElement.GetProperty("items")[0].GetProperty("frames")[0].GetProperty("regions")[0].GetProperty("kind").GetString());
    }

    private VeilProcess Anonymize(string input, params string[] more) =>
        VeilProcess.Run(["anonymize", _folder[input], "-o", _folder["out"], .. more]);

    private IEnumerable<string> Outputs() => _folder.Files().Where(file => file.StartsWith("out/", StringComparison.Ordinal)).Select(file => file[4..]);

    private JsonDocument Report() => JsonDocument.Parse(File.ReadAllBytes(_folder["out/veil-report.json"]));

    private static PixelRect Rect(JsonElement region)
    {
        var edges = region.GetProperty("box").EnumerateArray().Select(edge => (int)edge.GetDouble()).ToArray();
        return new PixelRect(Math.Max(0, edges[0]), Math.Max(0, edges[1]), edges[2], edges[3]);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
