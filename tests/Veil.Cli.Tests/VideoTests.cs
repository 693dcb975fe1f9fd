using System.Text.Json;

namespace Veil.Tests;

public sealed class VideoTests : IDisposable
{
    // Four people who move to the left.
    private const string Moving = "-vf \"scale=640:-2,crop=600:ih:n:0,format=yuv420p\" -c:v libx264 -preset ultrafast -crf 12 -r 25";
    private const int Frames = 12;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FfmpegFact]
    public void Clips_and_photos_of_a_folder_come_back_covered_and_counted()
    {
        People.CopyTo(_folder, "in/a.jpg");
        Film("in/deep/clip.mp4");

        var run = VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--method", "solid", "--encoder-preset", "ultrafast").Exits(0);

        Assert.Equal([".veil-journal.jsonl", "a.jpg", "deep/clip.mp4", "veil-report.json"], Outputs());
        Assert.Contains("1 picture and 1 video (12 frames)", run.Errors, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(File.ReadAllText(_folder["out/veil-report.json"]));
        var film = report.RootElement.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("file").GetString() == "deep/clip.mp4");
        Assert.Equal((Frames, Frames, 4 * Frames), (film.GetProperty("frameCount").GetInt32(), film.GetProperty("framesWithRegions").GetInt32(), film.GetProperty("regionCount").GetInt32()));
        Assert.Equal("on", report.RootElement.GetProperty("options").GetProperty("tracking").GetString());
        Assert.Equal("ultrafast", report.RootElement.GetProperty("options").GetProperty("video.encoder-preset").GetString());
        Assert.Equal(Clip.Times(_folder["in/deep/clip.mp4"]), Clip.Times(_folder["out/deep/clip.mp4"]));
        AssertNobody(_folder["out/deep/clip.mp4"]);
    }

    [FfmpegFact]
    public void What_was_detected_covers_the_same_when_it_is_applied()
    {
        Film("clip.mp4");
        VeilProcess.Run("anonymize", _folder["clip.mp4"], "-o", _folder["at-once.mp4"], "--method", "solid").Exits(0);
        VeilProcess.Run("detect", _folder["clip.mp4"], "-o", _folder["regions.json"]).Exits(0);

        VeilProcess.Run("apply", _folder["clip.mp4"], "-r", _folder["regions.json"], "-o", _folder["later.mp4"], "--method", "solid").Exits(0);

        Assert.Equal(Clip.Pixels(_folder["at-once.mp4"], "gray"), Clip.Pixels(_folder["later.mp4"], "gray"));
    }

    [FfmpegTheory]
    [InlineData(0.2, "no entry for frame 5")]
    [InlineData(1.0, "are for 25 frames, but it has 12")]
    public void Regions_of_a_film_of_another_length_are_refused(double seconds, string because)
    {
        Film("long/clip.mp4", seconds);
        VeilProcess.Run("detect", _folder["long/clip.mp4"], "-o", _folder["regions.json"]).Exits(0);
        Film("clip.mp4");

        var run = VeilProcess.Run("apply", _folder["clip.mp4"], "-r", _folder["regions.json"], "-o", _folder["out.mp4"]).Exits(1);

        Assert.Contains(because, run.Errors, StringComparison.Ordinal);
        Assert.Equal(["clip.mp4", "long/clip.mp4", "regions.json"], _folder.Files());
    }

    [FfmpegTheory]
    [InlineData("nosuchencoder", "--encoder", "nosuchencoder")]
    [InlineData("does not work", "--encoder", "libx264", "--encoder-preset", "swift")]
    [InlineData("--crf", "--crf", "-1")]
    [InlineData("--start", "--start", "noon")]
    [InlineData("end after it starts", "--start", "2", "--end", "0:01")]
    [InlineData("--fps", "--fps", "fast")]
    public void A_setting_that_cannot_be_stops_before_anything_is_written(string because, params string[] options)
    {
        Film("clip.mp4");

        var run = VeilProcess.Run(["anonymize", _folder["clip.mp4"], "-o", _folder["out.mp4"], .. options]).Exits(2);

        Assert.Contains(because, run.Errors, StringComparison.Ordinal);
        Assert.Equal(["clip.mp4"], _folder.Files());
    }

    [FfmpegFact]
    public void Films_are_done_in_processes_of_their_own()
    {
        Film("clip.mp4");

        VeilProcess.Run("anonymize", _folder["clip.mp4"], "-o", _folder["out.mp4"], "--method", "solid", "--isolate", "--start", "0.1", "--fps", "12.5").Exits(0);

        Assert.InRange(Clip.Times(_folder["out.mp4"]).Count, 4, 6);
        AssertNobody(_folder["out.mp4"]);
    }

    [FfmpegFact]
    public void Interrupting_a_film_leaves_nothing()
    {
        Film("clip.mp4", 60);
        using var process = VeilProcess.Start(new Dictionary<string, string>(), "anonymize", _folder["clip.mp4"], "-o", _folder["out.mp4"]);
        var errors = process.StandardError.ReadToEndAsync();
        Eventually.True(() => _folder.Files().Count == 2 || process.HasExited);
        Assert.False(process.HasExited, "It ended before it could be interrupted.");
        Assert.True(Shell.Run(_folder.FullPath, $"kill -INT {process.Id}"));
        Assert.True(process.WaitForExit(Eventually.Patience));

        Assert.True(process.ExitCode == 130, errors.GetAwaiter().GetResult());
        Assert.Equal(["clip.mp4"], _folder.Files());
    }

    [FfmpegFact]
    public void Inspecting_a_film_tells_its_tags_and_streams_and_nothing_of_its_output()
    {
        Film("plain.mp4");
        var telling = "-map 0 -c copy -metadata title=Party -metadata location=+52.5+013.4/ -metadata artist=Anna -metadata creation_time=2024-05-06T07:08:09 -timecode 01:00:00:00";
        Directory.CreateDirectory(_folder["in"]);
        Clip.Make(_folder["in/clip.mov"], $"-i \"{_folder["plain.mp4"]}\" {telling}");

        var text = VeilProcess.Run("inspect", _folder["in/clip.mov"]).Exits(0).Text;
        foreach (var word in new[] { "place", "+52.5", "Anna", "Party", "2024-05-06", "data", "tmcd" })
        {
            Assert.Contains(word, text, StringComparison.Ordinal);
        }

        VeilProcess.Run("inspect", _folder["in"], "--fail-on", "place").Exits(1);
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--method", "solid", "--encoder-preset", "ultrafast").Exits(0);
        Assert.Contains("nothing found", VeilProcess.Run("inspect", _folder["out/clip.mov"], "--fail-on", "any").Exits(0).Text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(VeilProcess.Run("inspect", _folder["in"], "--json").Exits(0).Output);
        Assert.StartsWith("video: mov", json.RootElement.GetProperty("files")[0].GetProperty("format").GetString(), StringComparison.Ordinal);
    }

    [FfmpegFact]
    public void Without_tracking_each_frame_stands_for_itself()
    {
        Film("clip.mp4");

        VeilProcess.Run("detect", _folder["clip.mp4"], "--tracking", "off", "-o", _folder["regions.json"], "--report", _folder["report.json"]).Exits(0);

        using var regions = JsonDocument.Parse(File.ReadAllText(_folder["regions.json"]));
        Assert.DoesNotContain("\"track\"", File.ReadAllText(_folder["regions.json"]), StringComparison.Ordinal);
        Assert.Contains("\"kind\"", File.ReadAllText(_folder["regions.json"]), StringComparison.Ordinal);
        using var report = JsonDocument.Parse(File.ReadAllText(_folder["report.json"]));
        Assert.Equal("off", report.RootElement.GetProperty("options").GetProperty("tracking").GetString());
        Assert.False(report.RootElement.GetProperty("options").TryGetProperty("tracking.hold", out _));

        VeilProcess.Run("anonymize", _folder["clip.mp4"], "--tracking", "off", "-o", _folder["out.mp4"], "--method", "solid", "--encoder-preset", "ultrafast").Exits(0);
        AssertNobody(_folder["out.mp4"]);
    }

    [FfmpegFact]
    public void The_doctor_knows_ffmpeg() =>
        Assert.Contains("ffmpeg version", VeilProcess.Run("doctor").Text, StringComparison.Ordinal);

    private void Film(string name, double seconds = Frames / 25.0)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        var photo = DocumentationPictures.FourPeople;
        Clip.Make(_folder[name], string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-framerate 25 -loop 1 -t {seconds} -i \"{photo}\" {Moving}"));
    }

    /// <summary>The default detector finds nobody in it.</summary>
    private void AssertNobody(string film)
    {
        VeilProcess.Run("detect", film, "--tracking", "off", "-o", _folder["left.json"]).Exits(0);
        Assert.DoesNotContain("\"kind\"", File.ReadAllText(_folder["left.json"]), StringComparison.Ordinal);
    }

    private List<string> Outputs() =>
        [.. _folder.Files().Where(file => file.StartsWith("out/", StringComparison.Ordinal)).Select(file => file["out/".Length..])];
}
