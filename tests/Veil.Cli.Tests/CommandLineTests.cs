using Veil.Errors;
using Veil.Imaging;

namespace Veil.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("anonymize", "There is no file", "nowhere", "-o", "out")]
    [InlineData("anonymize", "solid", ".", "-o", "out", "--method", "mosaic")]
    [InlineData("anonymize", "cell", ".", "-o", "out", "--method", "pixelate", "--set", "sells=3")]
    [InlineData("anonymize", "--jobs", ".", "-o", "out", "--jobs", "0")]
    [InlineData("anonymize", "Growth", ".", "-o", "out", "--growth", "7")]
    [InlineData("anonymize", "No output", ".")]
    [InlineData("anonymize", "bogus", ".", "-o", "out", "--bogus")]
    [InlineData("anonymize", "picture", ".", "-o", "out", "--method", "image")]
    [InlineData("apply", "--regions", ".", "-o", "out")]
    [InlineData("apply", "cannot be read", ".", "-o", "out", "--regions", "nowhere.json")]
    public void A_mistake_on_the_command_line_is_explained(string command, string because, params string[] arguments)
    {
        var run = VeilProcess.Run([command, .. arguments]).Exits(2);

        Assert.Contains(because, run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Detected_regions_can_be_edited_and_applied()
    {
        People.CopyTo(_folder, "in/a.jpg");
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["regions.json"]).Exits(0);
        var found = File.ReadAllText(_folder["regions.json"]);
        Assert.Equal(4, found.Split("\"kind\"").Length - 1);

        // Spare everybody, and cover a corner by hand instead.
        var frames = found.IndexOf("\"frames\":", StringComparison.Ordinal);
        File.WriteAllText(_folder["edited.json"], found[..frames] + "\"frames\": [{ \"index\": 0, \"regions\": [{ \"box\": [0, 0, 40, 40], \"kind\": \"face\" }] }] }] }");

        VeilProcess.Run("apply", _folder["in"], "--regions", _folder["edited.json"], "-o", _folder["out"], "--method", "solid", "--format", "png").Exits(0);

        Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.png"], new PixelRect(5, 5, 35, 35)) > 20);
        Assert.Equal(0, People.Difference(_folder["in/a.jpg"], _folder["out/a.png"], new PixelRect(100, 60, 200, 160)));
    }

    [Fact]
    public void A_picture_without_an_entry_in_the_regions_file_fails()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/b.jpg");
        VeilProcess.Run("detect", _folder["in/a.jpg"], "-o", _folder["regions.json"]).Exits(0);

        var run = VeilProcess.Run("apply", _folder["in"], "--regions", _folder["regions.json"], "-o", _folder["out"]).Exits(1);

        Assert.Contains("b.jpg: FAILED (InvalidRegions", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/b.jpg"]));
    }

    [Fact]
    public void Applying_what_was_detected_gives_the_same_bytes_as_anonymizing()
    {
        People.CopyTo(_folder, "in/a.jpg");
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["regions.json"]).Exits(0);

        VeilProcess.Run("apply", _folder["in"], "--regions", _folder["regions.json"], "-o", _folder["applied"], "--method", "solid").Exits(0);
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["anonymized"], "--method", "solid").Exits(0);

        // Regions files keep hundredths of a pixel; a mask may differ by a rounding at its rim, no more.
        Assert.True(People.Difference(_folder["applied/a.jpg"], _folder["anonymized/a.jpg"], new PixelRect(0, 0, 200, 200)) < 0.5);
    }

    [Theory]
    [InlineData("methods")]
    [InlineData("presets")]
    [InlineData("detectors")]
    [InlineData("models")]
    [InlineData("doctor")]
    public void Lists_are_printed(string command) => Assert.True(VeilProcess.Run(command).Exits(0).Text.Split('\n').Length > 2);

    [Fact]
    public void Every_command_has_help_and_stands_in_the_readme()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        foreach (var command in new[] { "anonymize", "detect", "apply", "methods", "presets", "detectors", "models", "evaluate", "bench", "doctor", "inspect", "people", "live" })
        {
            Assert.Contains("Description", VeilProcess.Run(command, "--help").Exits(0).Text, StringComparison.Ordinal);
            Assert.Contains("veil " + command, readme, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_detector_whose_model_is_missing_says_how_to_get_it()
    {
        People.CopyTo(_folder, "in/a.jpg");
        var nowhere = new Dictionary<string, string> { ["XDG_DATA_HOME"] = _folder["data"] };

        var run = VeilProcess.Run([], nowhere, "anonymize", _folder["in"], "-o", _folder["out"], "--detector", "yunet").Exits(3);

        Assert.Contains("veil models pull yunet", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith("out/a.jpg", StringComparison.Ordinal));
    }

    [Fact]
    public void Codes_are_stable_words() =>
        Assert.All(Enum.GetNames<VeilErrorCode>(), name => Assert.Matches("^[A-Z][A-Za-z]+$", name));
}
