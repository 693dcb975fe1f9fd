using System.Security.Cryptography;
using System.Text.Json;
using Veil.Imaging;

namespace Veil.Tests;

/// <summary><c>--generator</c>: a network of the user's own that paints people.</summary>
public sealed class GeneratorTests : IDisposable
{
    /// <summary>Bodies of 160 columns and 288 rows become white: the result is the mask, three times (ONNX, operator set 13).</summary>
    private static readonly byte[] White = Convert.FromBase64String(
        "CAcSADqmAQovCgRtYXNrCgRtYXNrCgRtYXNrEgZyZXN1bHQiBkNvbmNhdCoLCgRheGlzGAGgAQISBXdoaXRlWiQKB3BpY3R1cmUSGQoXCAESEwoDEgFuCgIIAwoDCKACCgMIoAFaIQoEbWFzaxIZChcIARITCgMSAW4KAggBCgMIoAIKAwigAWIjCgZyZXN1bHQSGQoXCAESEwoDEgFuCgIIAwoDCKACCgMIoAFCBAoAEA0=");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_of_ones_own_paints_bodies_and_the_report_names_it_with_its_hash()
    {
        Prepare();
        _folder.Write("white.onnx", White);

        VeilProcess.Run("apply", _folder["in"], "-r", _folder["regions.json"], "-m", "synthetic", "--generator", _folder["white.onnx"], "-o", _folder["out"]).Exits(0);

        Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], new PixelRect(80, 70, 160, 180)) > 50);
        Assert.Equal(0, People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], new PixelRect(480, 0, 960, 240)));
        using var report = JsonDocument.Parse(File.ReadAllText(_folder["out/veil-report.json"]));
        var model = Assert.Single(report.RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal("white.onnx", model.GetProperty("id").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(White)), model.GetProperty("sha256").GetString());
    }

    [Fact]
    public void What_is_no_generator_stops_the_run_before_any_picture_is_touched()
    {
        Prepare();
        _folder.Write("broken.onnx", White.AsSpan(0, 100));

        foreach (var file in new[] { "broken.onnx", "missing.onnx" })
        {
            var run = VeilProcess.Run("apply", _folder["in"], "-r", _folder["regions.json"], "-m", "synthetic", "--generator", _folder[file], "-o", _folder["out"]).Exits(3);
            Assert.Contains(file, run.Errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder["out"]));
        }
    }

    [Fact]
    public void A_generator_without_its_method_is_an_error()
    {
        Prepare();
        _folder.Write("white.onnx", White);

        var run = VeilProcess.Run("apply", _folder["in"], "-r", _folder["regions.json"], "-m", "veil", "--generator", _folder["white.onnx"], "-o", _folder["out"]).Exits(2);

        Assert.Contains("synthetic", run.Errors, StringComparison.Ordinal);
    }

    private void Prepare()
    {
        People.CopyTo(_folder, "in/a.jpg");
        File.WriteAllText(_folder["regions.json"], """
            { "format": "veil-regions", "version": 1, "items": [ { "file": "a.jpg", "width": 960, "height": 240,
              "frames": [ { "index": 0, "regions": [ { "box": [40, 30, 200, 215], "kind": "body" } ] } ] } ] }
            """);
    }
}
