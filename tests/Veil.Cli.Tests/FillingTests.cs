using System.Text.Json;
using Veil.Imaging;
using Veil.Vision;

namespace Veil.Tests;

/// <summary>The methods that fill regions in: inpaint and blocks.</summary>
public sealed class FillingTests : IDisposable
{
    private const string OneBody = """
        { "format": "veil-regions", "version": 1, "items": [ { "file": "a.jpg", "width": 960, "height": 240,
          "frames": [ { "index": 0, "regions": [ { "box": [40, 30, 200, 215], "kind": "body" } ] } ] } ] }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inpaint_fills_a_region_leaves_the_rest_and_names_its_model()
    {
        Prepare();

        VeilProcess.Run("apply", _folder["in"], "-r", _folder["regions.json"], "-m", "inpaint", "--licence", "permissive", "-o", _folder["out"]).Exits(0);

        Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], new PixelRect(80, 70, 160, 180)) > 8);
        Assert.Equal(0, People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], new PixelRect(480, 0, 960, 240)));
        using var report = JsonDocument.Parse(File.ReadAllText(_folder["out/veil-report.json"]));
        var model = Assert.Single(report.RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal("migan", model.GetProperty("id").GetString());
        Assert.Contains("MIT", model.GetProperty("licence").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_altered_stops_inpaint_before_any_picture_is_touched()
    {
        Prepare();
        _folder.Write("models/migan_pipeline_v2.onnx", "not the network"u8);

        var run = VeilProcess.Run(
            [], new Dictionary<string, string> { ["VEIL_MODELS"] = _folder["models"] },
            "apply", _folder["in"], "-r", _folder["regions.json"], "-m", "inpaint", "-o", _folder["out"]).Exits(3);

        Assert.Contains("migan", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void The_preset_for_blocks_covers_whole_pictures_or_says_what_is_missing()
    {
        Prepare();

        var run = VeilProcess.Run("anonymize", _folder["in"], "--preset", "data-anonymization/blocks", "-o", _folder["out"]);

        if (!VisionLibrary.IsAvailable)
        {
            Assert.Contains("MissingNative", run.Exits(3).Errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder["out"]));
            return;
        }

        Assert.Contains("hides badly", run.Exits(0).Errors, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(File.ReadAllText(_folder["out/veil-report.json"]));
        Assert.Equal("image", report.RootElement.GetProperty("options").GetProperty("find").GetString());
        Assert.Equal("12px", report.RootElement.GetProperty("options").GetProperty("method.cell").GetString());
        Assert.Equal("1500", report.RootElement.GetProperty("options").GetProperty("method.features").GetString());
        Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], new PixelRect(0, 0, 960, 240)) > 1);
    }

    [Theory]
    [InlineData("face-replace/blur")]
    [InlineData("data-anonymization/blocks")]
    [InlineData("techniques/gaussian")]
    [InlineData("deepprivacy2/mask-out")]
    public void Presets_are_listed_by_name(string preset) => Assert.Contains(preset, VeilProcess.Run("presets").Exits(0).Text, StringComparison.Ordinal);

    private void Prepare()
    {
        People.CopyTo(_folder, "in/a.jpg");
        File.WriteAllText(_folder["regions.json"], OneBody);
    }
}
