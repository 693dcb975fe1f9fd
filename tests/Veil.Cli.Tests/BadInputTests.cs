using System.Text.Json;
using Veil.Imaging;

namespace Veil.Tests;

public sealed class BadInputTests : IDisposable
{
    private static readonly string[] Traces = ["Exif\0", "http://ns.adobe.com", "Photoshop 3.0", "GPSLatitude", "Canon", "NIKON", "FUJIFILM"];

    // A whole segment that holds one entry, the orientation, and nothing else.
    private static readonly System.Text.RegularExpressions.Regex OrientationAlone =
        new("\u00ff\u00e1\0\"Exif\0\0II\\*\0\b\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0[\u0002-\u0008]\0\0\0\0\0\0\0");

    private static readonly string[] Formats = ["png", "webp", "tiff", "gif", "avif", "bmp"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DataFact("hostile")]
    public void Every_hostile_file_is_anonymized_refused_or_passed_over_and_no_half_file_is_left()
    {
        var run = VeilProcess.Run("anonymize", SharedData.Path("hostile"), "-o", _folder["out"]).Exits(1);

        Assert.DoesNotContain("Internal", run.Errors, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(File.ReadAllBytes(_folder["out/veil-report.json"]));
        var items = report.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Directory.GetFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories).Count(file => !Path.GetFileName(file).StartsWith('.')), items.Count);
        foreach (var item in items)
        {
            var output = _folder["out/" + item.GetProperty("file").GetString()];
            Assert.Equal(item.GetProperty("status").GetString() == "done", File.Exists(output));
        }

        var written = _folder.Files().Where(file => !file.EndsWith("veil-report.json", StringComparison.Ordinal) && !file.EndsWith("veil-journal.jsonl", StringComparison.Ordinal)).ToList();
        Assert.Equal(items.Count(item => item.GetProperty("status").GetString() == "done"), written.Count);
        Assert.All(written, file => Picture.Decode(File.ReadAllBytes(_folder[file])).Dispose());
    }

    [DataFact("metadata")]
    public void No_metadata_of_real_cameras_comes_through()
    {
        VeilProcess.Run("anonymize", SharedData.Path("metadata"), "-o", _folder["out"], "--detector", "retinaface").Exits(0);

        var outputs = _folder.Files().Where(file => file.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(outputs.Count > 70);
        Assert.All(outputs, file =>
        {
            var text = OrientationAlone.Replace(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder[file])), "", 1);
            foreach (var trace in Traces)
            {
                Assert.DoesNotContain(trace, text, StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [InlineData("--max-pixels", "1000")]
    [InlineData("--max-dimension", "100")]
    [InlineData("--max-file-bytes", "1000")]
    public void A_limit_stops_a_picture_and_names_its_flag(string flag, string value)
    {
        People.CopyTo(_folder, "in/a.jpg");

        var run = VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], flag, value).Exits(1);

        Assert.Contains("LimitExceeded", run.Errors, StringComparison.Ordinal);
        Assert.Contains(flag, run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/a.jpg"]));
    }

    [Fact]
    public void Text_named_as_a_picture_is_told_when_it_was_asked_for_by_name()
    {
        _folder.Write("fake.jpg", "this is no picture"u8);

        Assert.Contains("NotAPicture", VeilProcess.Run("anonymize", _folder["fake.jpg"], "-o", _folder["out/"]).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_no_model_stops_the_run_before_any_picture()
    {
        People.CopyTo(_folder, "in/a.jpg");
        _folder.Write("model.onnx", "this is no model"u8);

        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--model", _folder["model.onnx"]).Exits(3);

        Assert.False(File.Exists(_folder["out/a.jpg"]));
    }

    [Fact]
    public void Every_format_goes_in_and_comes_out_as_it_was()
    {
        People.CopyTo(_folder, "in/a.jpg");
        foreach (var format in Formats)
        {
            VeilProcess.Run("anonymize", _folder["in/a.jpg"], "-o", _folder[$"converted/{format}/"], "--find", "image", "--method", "gaussian", "--set", "sigma=0.5px", "--format", format).Exits(0);
        }

        VeilProcess.Run("anonymize", _folder["converted"], "-o", _folder["out"]).Exits(0);

        foreach (var format in Formats)
        {
            Assert.Equal(format, PictureFile.Identify(_folder[$"out/{format}/a.{(format == "tiff" ? "tif" : format)}"]).Format);
        }
    }
}
