using Veil.Imaging;
using Veil.Regions;

namespace Veil.Tests;

public sealed class FaceShapeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FaceShapeTests() => People.CopyTo(_folder, "in/a.jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_face_is_covered_by_its_contour_within_a_little_of_the_ellipse()
    {
        Anonymize("face.png", "--format", "png", "--method", "solid", "--set", "color=#ff00ff", "--soft-edge", "0", "--shape", "face", "--report", _folder["report.json"]);
        Anonymize("ellipse.png", "--format", "png", "--method", "solid", "--set", "color=#ff00ff", "--soft-edge", "0");
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["points.json"], "--landmarks", "mediapipe").Exits(0);
        var (face, ellipse) = (Covered("face.png"), Covered("ellipse.png"));
        var regions = Regions("points.json");
        Assert.Equal(4, regions.Count);
        foreach (var region in regions)
        {
            Assert.NotNull(region.Points);
            Assert.All(region.Points.Points, point => Assert.Contains(((int)point.X, (int)point.Y), face));
            Assert.All(region.Landmarks!.Points, point => Assert.Contains(((int)point.X, (int)point.Y), face));
        }

        Assert.True(face.Count < ellipse.Count);
        Assert.True(face.Count(ellipse.Contains) > 0.97 * face.Count, $"{face.Count(ellipse.Contains)} of {face.Count}");
        var report = File.ReadAllText(_folder["report.json"]);
        Assert.Contains("\"face-landmarker\"", report, StringComparison.Ordinal);
        Assert.Contains("\"landmarks\": \"mediapipe\"", report, StringComparison.Ordinal);
        Assert.DoesNotContain("mediapipe478", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shape", "face", "--method", "veil")]
    [InlineData("--method", "eyes", "--seed", "3")]
    public void Stored_points_give_the_same_bytes_as_finding_them_does(params string[] arguments)
    {
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["points.json"], "--landmarks", "mediapipe").Exits(0);
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["plain.json"]).Exits(0);
        VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["found"], .. arguments]).Exits(0);
        VeilProcess.Run(["apply", _folder["in"], "-o", _folder["stored"], "--regions", _folder["points.json"], .. arguments]).Exits(0);
        VeilProcess.Run(["apply", _folder["in"], "-o", _folder["looked"], "--regions", _folder["plain.json"], .. arguments]).Exits(0);
        VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["isolated"], "--isolate", .. arguments]).Exits(0);

        var found = File.ReadAllBytes(_folder["found/a.jpg"]);
        Assert.Equal(found, File.ReadAllBytes(_folder["stored/a.jpg"]));
        Assert.Equal(found, File.ReadAllBytes(_folder["looked/a.jpg"]));
        Assert.Equal(found, File.ReadAllBytes(_folder["isolated/a.jpg"]));

        // Nothing was looked at where every face had its points.
        Assert.DoesNotContain("face-landmarker", File.ReadAllText(_folder["stored/veil-report.json"]), StringComparison.Ordinal);
        Assert.Contains("face-landmarker", File.ReadAllText(_folder["looked/veil-report.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Eyes_take_a_colour_of_the_face_and_the_warning_has_the_figure()
    {
        var run = VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--preset", "face-replace/eyes", "--format", "png").Exits(0);
        Assert.Contains(".947", run.Errors, StringComparison.Ordinal);
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["points.json"], "--landmarks", "mediapipe").Exits(0);
        foreach (var region in Regions("points.json"))
        {
            var around = Box.Around(region.Points!.LeftEye).ToPixels();
            using var picture = Picture.Decode(File.ReadAllBytes(_folder["out/a.png"]));
            var pixels = picture.Frame(0);
            var colours = Enumerable.Range(around.Top, around.Height).SelectMany(y => pixels.Row(y)[(around.Left * 3)..(around.Right * 3)].ToArray().Chunk(3)).Select(pixel => (pixel[0], pixel[1], pixel[2])).Distinct().ToList();
            Assert.True(colours.Count == 1, $"{colours.Count} colours over an eye");
            var mouth = Box.Around(region.Points.Lips).ToPixels();
            Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.png"], mouth) < 1);
        }
    }

    [Fact]
    public void A_tiny_picture_without_points_is_covered_by_the_ellipse_instead()
    {
        using (var blank = Picture.FromPixels(new PixelBuffer(9, 7, PixelFormat.Gray16), PictureFormat.Png))
        {
            File.WriteAllBytes(_folder["tiny.png"], blank.Encode());
        }

        File.WriteAllText(
            _folder["tiny.json"],
            """{"format":"veil-regions","version":1,"items":[{"file":"tiny.png","width":9,"height":7,"frames":[{"index":0,"regions":[{"box":[2,1,6,6],"kind":"face"}]}]}]}""");
        VeilProcess.Run("apply", _folder["tiny.png"], "--regions", _folder["tiny.json"], "-o", _folder["face.png"], "--method", "solid", "--set", "color=white", "--shape", "face").Exits(0);
        VeilProcess.Run("apply", _folder["tiny.png"], "--regions", _folder["tiny.json"], "-o", _folder["ellipse.png"], "--method", "solid", "--set", "color=white").Exits(0);
        VeilProcess.Run("apply", _folder["tiny.png"], "--regions", _folder["tiny.json"], "-o", _folder["eyes.png"], "--method", "eyes").Exits(0);
        Assert.Equal(File.ReadAllBytes(_folder["ellipse.png"]), File.ReadAllBytes(_folder["face.png"]));
    }

    [Theory]
    [InlineData("mediapipe, dlib, but received 'nose'", "--shape", "face", "--landmarks", "nose")]
    [InlineData("Growth", "--shape", "face", "--growth", "9")]
    public void A_wrong_choice_is_explained(string because, params string[] arguments)
    {
        var run = VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["out"], .. arguments]).Exits(2);
        Assert.Contains(because, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_sheets_are_drawn_for_eyes_and_for_whole_pictures()
    {
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--method", "eyes", "--explain", _folder["eyes"], "--explain-scale", "1.5").Exits(0);
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out2"], "--find", "image", "--explain", _folder["whole"]).Exits(0);
        using var sheet = Picture.Decode(File.ReadAllBytes(_folder["eyes/a.jpg.steps.png"]));
        Assert.Equal((3 * 960 * 3 / 2) + (4 * 12), sheet.Frame(0).Width);
        Assert.True(File.Exists(_folder["whole/a.jpg.steps.png"]));
    }

    private void Anonymize(string target, params string[] arguments) =>
        VeilProcess.Run(["anonymize", _folder["in/a.jpg"], "-o", _folder[target], .. arguments]).Exits(0);

    private HashSet<(int X, int Y)> Covered(string file)
    {
        using var picture = Picture.Decode(File.ReadAllBytes(_folder[file]));
        var pixels = picture.Frame(0);
        var covered = new HashSet<(int, int)>();
        for (var y = 0; y < pixels.Height; y++)
        {
            for (var x = 0; x < pixels.Width; x++)
            {
                if (pixels.Row(y).Slice(x * 3, 3).SequenceEqual<byte>([255, 0, 255]))
                {
                    covered.Add((x, y));
                }
            }
        }

        return covered;
    }

    private IReadOnlyList<Region> Regions(string file)
    {
        using var stream = File.OpenRead(_folder[file]);
        return RegionsDocumentReader.Read(stream).Timelines[0].Frames[0].Regions;
    }
}
