using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.Onnx.Text;
using Veil.Regions;

namespace Veil.Onnx.Tests.Text;

public class TextDetectorTests
{
    private static readonly ModelStore Store = new([Path.Combine(AppContext.BaseDirectory, "models")], "unused");
    private static readonly DetectorDescriptor Detector = new OnnxDetectors(Store).Text;

    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(10, 0)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public void A_line_is_found_and_covered_whole_and_read(int dot, int quarters)
    {
        using var drawn = DrawnText.Draw("HELLO".Replace('O', 'A') + " 2474", dot, 700, 400, 40, 150);
        using var picture = DrawnText.Turn(drawn, quarters);
        using var detector = Detector.Create(new DetectorOptions());
        var line = Assert.Single(detector.Detect(picture, CancellationToken.None), region => region.Score > 0.6f);
        var expected = RotatedBox.Of(new Box(40, 150, 40 + (59 * dot), 150 + (7 * dot)));
        expected = quarters switch
        {
            1 => RotatedBox.Of(new Box(400 - 150 - (7 * dot), 40, 400 - 150, 40 + (59 * dot))),
            2 => RotatedBox.Of(new Box(700 - 40 - (59 * dot), 400 - 150 - (7 * dot), 700 - 40, 400 - 150)),
            _ => expected,
        };
        Assert.True(RotatedBox.Of(line).CommonArea(expected) > 0.93f * expected.Area, $"{line.Box} does not cover {expected.Bounds}.");
        Assert.Equal((RegionKind.Text, "text", 4), (line.Kind, line.Origin.Name, line.Outline.Length));
        using var reader = WritingReader.Describe(Store).Create();
        var reading = reader.Read(picture, line);
        Assert.Equal("HELLA2474", reading.Text.Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    [InlineData(33, 31)]
    [InlineData(2600, 1900)]
    public void Odd_and_empty_pictures_hold_none(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        picture.Span.Clear();
        using var detector = Detector.Create(new DetectorOptions());
        Assert.Empty(detector.Detect(picture, CancellationToken.None));
    }

    [Fact]
    public void A_line_across_the_border_of_tiles_is_one_line()
    {
        using var picture = DrawnText.Draw("HELL HELL HELL HELL HELL HELL HELL HELL", 4, 1500, 1000, 250, 490);
        using var detector = Detector.Create(new DetectorOptions());
        var found = detector.Detect(picture, CancellationToken.None);
        for (var x = 252f; x < 1180; x += 8)
        {
            Assert.Contains(found, region => region.Box.Left <= x && region.Box.Right >= x + 8 && region.Box.Top <= 490 && region.Box.Bottom >= 518);
        }
    }

    [Fact]
    public void Workers_side_by_side_find_what_one_finds()
    {
        using var picture = DrawnText.Draw("HELL 2474", 3, 500, 300, 40, 100);
        using var alone = Detector.Create(new DetectorOptions());
        var expected = alone.Detect(picture, CancellationToken.None);
        Parallel.For(0, 4, _ =>
        {
            using var detector = Detector.Create(new DetectorOptions());
            Assert.Equal(expected.Select(region => (region.Box, region.Score)), detector.Detect(picture, CancellationToken.None).Select(region => (region.Box, region.Score)));
        });
    }

    [Fact]
    public void Other_pixel_formats_and_settings_out_of_range_are_refused()
    {
        using var picture = new PixelBuffer(4, 4, PixelFormat.Rgb48);
        using var detector = Detector.Create(new DetectorOptions());
        Assert.Throws<ArgumentException>(() => detector.Detect(picture, CancellationToken.None));
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => Detector.With(new TextTuning { PixelThreshold = 0 })).Code);
    }

    [Fact]
    public void A_large_picture_may_be_reduced_before()
    {
        using var detector = Detector.Create(new DetectorOptions());
        Assert.Equal((1, 1, 2, 4), (detector.Reduction(100, 100), detector.Reduction(1280, 720), detector.Reduction(4000, 3000), detector.Reduction(12000, 9000)));
    }

    [Fact]
    public void Missing_and_broken_models_are_said_by_name()
    {
        using var folder = new TemporaryFolder();
        var store = new ModelStore([folder[""]], folder[""]);
        Assert.Contains("ppocr-det", Refusal(() => new OnnxDetectors(store).Text.Create(new DetectorOptions())), StringComparison.Ordinal);
        foreach (var id in new[] { "ppocr-det", "ppocr-rec" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "models", ModelManifest.Find(id).File), folder[ModelManifest.Find(id).File]);
        }

        Assert.Contains("ppocr-characters", Refusal(() => WritingReader.Describe(store).Create()), StringComparison.Ordinal);
        File.WriteAllText(folder[ModelManifest.Find("ppocr-characters").File], "character_dict:\n- a\n");
        Assert.Contains("SHA-256", Refusal(() => WritingReader.Describe(store).Create()), StringComparison.Ordinal);
        File.WriteAllBytes(folder[ModelManifest.Find("ppocr-det").File], [1, 2, 3]);
        Assert.Contains("SHA-256", Refusal(() => new OnnxDetectors(store).Text.Create(new DetectorOptions())), StringComparison.Ordinal);
    }

    private static string Refusal(Action create)
    {
        var error = Assert.Throws<VeilException>(create);
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        return error.Message;
    }
}
