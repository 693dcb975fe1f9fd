using System.Globalization;
using System.Text.Json;
using Veil.Imaging;

namespace Veil.Tests;

/// <summary>Several kinds of regions in one run, each with a method of its own.</summary>
public sealed class KindsTests : IDisposable
{
    // Over the first person a body with a mask and a face in it, over the third a turned plate, at the right border a line of text.
    private static readonly PixelRect Body = new(30, 20, 210, 240);
    private static readonly PixelRect InFace = new(90, 100, 130, 150);
    private static readonly PixelRect InPlate = new(590, 110, 610, 130);
    private static readonly PixelRect InText = new(860, 20, 950, 50);
    private static readonly PixelRect SecondPerson = new(300, 20, 420, 240);

    private readonly TemporaryFolder _folder = new();

    public KindsTests()
    {
        People.CopyTo(_folder, "in/a.jpg");
        var picture = Picture.Decode(File.ReadAllBytes(_folder["in/a.jpg"]));
        using (picture)
        {
            using var png = Picture.FromPixels(picture.Frame(0).Clone(), PictureFormat.Png);
            _folder.Write("png/a.png", png.Encode());
        }

        var runs = string.Join(',', Enumerable.Range(0, Body.Height).Select(_ => $"20,0,{Body.Width - 40},255,20,0"));
        foreach (var name in new[] { "a.jpg", "a.png" })
        {
            File.WriteAllText(_folder[name + ".json"], $$"""
                { "format": "veil-regions", "version": 1, "items": [ { "file": "{{name}}", "width": 960, "height": 240, "frames": [ { "index": 0, "regions": [
                  { "box": [860, 20, 950, 50], "kind": "text" },
                  { "box": [70, 80, 150, 190], "kind": "face", "score": 0.9 },
                  { "box": [30, 20, 210, 240], "kind": "body", "mask": { "bounds": [30, 20, 210, 240], "runs": [{{runs}}] } },
                  { "box": [560, 100, 640, 140], "kind": "plate", "outline": [[560, 110], [635, 100], [640, 130], [565, 140]] }
                ] } ] } ] }
                """);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_a_regions_file_takes_its_own_method_and_the_report_says_which()
    {
        var run = Apply("png", "--find", "faces=gaussian,plates=pixelate,bodies=inpaint", "--set", "faces.sigma=0.5", "--set", "text.color=#2040a0").Exits(0);

        Assert.Contains("warning: plates: pixelate is not safe on plates", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, People.Difference(_folder["png/a.png"], _folder["out/a.png"], SecondPerson));
        foreach (var covered in new[] { InFace, InPlate, new PixelRect(100, 200, 140, 240) })
        {
            Assert.True(People.Difference(_folder["png/a.png"], _folder["out/a.png"], covered) > 2, covered.ToString());
        }

        using (var picture = Picture.Decode(File.ReadAllBytes(_folder["out/a.png"])))
        {
            // Solid is what text takes where nobody says otherwise, to the corners of its box.
            Assert.Equal([0x20, 0x40, 0xa0], picture.Frame(0).Row(InText.Top)[(InText.Left * 3)..((InText.Left + 1) * 3)].ToArray());
            Assert.Equal([0x20, 0x40, 0xa0], picture.Frame(0).Row(InText.Bottom - 1)[((InText.Right - 1) * 3)..(InText.Right * 3)].ToArray());
        }

        AssertOptions(
            ("faces.method", "gaussian"),
            ("faces.guarantee", "obfuscating"),
            ("faces.method.sigma", "0.5"),
            ("bodies.method", "inpaint"),
            ("bodies.guarantee", "irreversible"),
            ("plates.method", "pixelate"),
            ("text.method", "solid"),
            ("text.method.color", "#2040a0"));
        using var report = Report();
        Assert.Equal("migan", Assert.Single(report.RootElement.GetProperty("models").EnumerateArray()).GetProperty("id").GetString());
        Assert.DoesNotContain("runs", report.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_method_faces_and_bodies_are_veiled_plates_and_text_solid()
    {
        Apply("png").Exits(0);

        AssertOptions(
            ("faces.method", "veil"),
            ("bodies.method", "veil"),
            ("plates.method", "solid"),
            ("text.method", "solid"));
    }

    [Fact]
    public void A_method_for_all_leaves_out_kinds_that_have_their_own_and_so_do_its_settings()
    {
        Apply("png", "-m", "pixelate", "--set", "grid=4", "--find", "plates=solid", "--shape", "box,faces=ellipse", "--growth", "bodies=0.3").Exits(0);

        AssertOptions(
            ("faces.method.grid", "4"),
            ("bodies.method.grid", "4"),
            ("text.method.grid", "4"),
            ("plates.method", "solid"),
            ("plates.shape", "box"),
            ("faces.shape", "ellipse"),
            ("bodies.growth", "0.3"));
    }

    [Fact]
    public void Jpegs_change_nowhere_else_and_workers_and_processes_make_no_difference()
    {
        string[] method = ["--find", "faces=gaussian,bodies=inpaint,plates=inpaint", "--set", "plates.engine=migan"];
        Apply("in", [.. method, "--jobs", "1"]).Exits(0);
        var once = File.ReadAllBytes(_folder["out/a.jpg"]);

        VeilProcess.Run(["apply", _folder["in"], "-r", _folder["a.jpg.json"], "-o", _folder["apart"], "--isolate", .. method]).Exits(0);

        Assert.Equal(once, File.ReadAllBytes(_folder["apart/a.jpg"]));
        Assert.Equal(0, People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], SecondPerson));
        Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], InFace) > 2);
    }

    [Fact]
    public void Another_method_for_one_kind_is_another_run_and_the_order_of_kinds_is_none()
    {
        Apply("png", "--find", "faces=pixelate,plates=solid").Exits(0);

        Assert.Contains("done before", Apply("png", "--find", "plates=solid", "--find", "faces=pixelate").Exits(0).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("done before", Apply("png", "--find", "faces=pixelate,plates=veil", "--force").Exits(0).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_and_dry_runs_show_every_kind()
    {
        Apply("png", "--explain", _folder["sheets"]).Exits(0);
        Assert.True(File.Exists(_folder["sheets/a.png.steps.png"]));

        Assert.Contains("4 regions", Apply("png", "--dry-run").Exits(0).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a kind out of image, bodies, heads, faces, plates, text, but received 'nosuch'", "--find", "nosuch")]
    [InlineData("a kind out of", "--find", "")]
    [InlineData("a kind out of", "--find", "faces,")]
    [InlineData("a kind out of", "--find", "=solid")]
    [InlineData("names no method", "--find", "faces=")]
    [InlineData("a method out of veil, solid", "--find", "faces=nosuch")]
    [InlineData("a preset out of", "--find", "faces=no/such")]
    [InlineData("faces more than once", "--find", "faces,faces=solid")]
    [InlineData("faces more than once", "--find", "faces", "--find", "Faces")]
    [InlineData("whole picture", "--find", "image,faces")]
    [InlineData("'swap' is for faces, not for plates", "--find", "faces,plates=swap")]
    [InlineData("'synthetic' is for people, not for plates", "--find", "plates=synthetic")]
    [InlineData("'synthetic' is for people, not for image", "--find", "image", "-m", "synthetic")]
    [InlineData("'eyes' is for faces, not for bodies", "--find", "bodies", "-m", "eyes")]
    [InlineData("is for nothing", "--find", "faces=solid", "-m", "veil")]
    [InlineData("may be meant for faces (gaussian) or plates (solid)", "--find", "faces=gaussian,plates", "--set", "sigma=0.3")]
    [InlineData("does not look for text", "--find", "faces", "--set", "text.color=black")]
    [InlineData("kind out of image", "--find", "faces", "--set", "signs.color=black")]
    [InlineData("option", "--find", "faces,plates", "--set", "plates.sigma=0.3")]
    [InlineData("a shape out of ellipse, box, outline, face, but received 'star'", "--shape", "star")]
    [InlineData("a kind out of", "--shape", "signs=box")]
    [InlineData("a fraction", "--growth", "faces=much")]
    [InlineData("Growth", "--growth", "faces=7")]
    [InlineData("finds faces, but this run looks for plates", "--find", "plates", "-d", "retinaface")]
    [InlineData("--only and --except choose among faces", "--find", "plates", "--except", "nowhere")]
    public void A_mistake_in_kinds_is_explained_before_any_picture_is_touched(string because, params string[] arguments)
    {
        var run = VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["out"], .. arguments]).Exits(2);

        Assert.Contains(because, run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("people")]
    public void A_command_that_covers_nothing_takes_no_method(string command) =>
        Assert.Contains("covers nothing", VeilProcess.Run(command, _folder["in"], "-o", _folder["found"], "--find", "faces=solid").Exits(2).Errors, StringComparison.Ordinal);

    [Fact]
    public void A_kind_that_is_named_alone_is_told_like_ever()
    {
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--find", "faces=face-replace/black-bar", "--seed", "3").Exits(0);

        AssertOptions(
            ("find", "faces"),
            ("method", "solid"),
            ("growth", "0"),
            ("shape", "box"),
            ("method.seed", "3"),
            ("detector", "retinaface"));
    }

    [Fact]
    public void Options_files_name_kinds_as_lists_or_as_methods()
    {
        File.WriteAllText(_folder["options.json"], """{ "find": { "faces": "pixelate", "plates": "solid" }, "growth": 0.4, "set": { "plates.color": "white" } }""");

        Apply("png", "--options", _folder["options.json"]).Exits(0);

        AssertOptions(
            ("faces.method", "pixelate"),
            ("plates.method.color", "#ffffff"),
            ("text.growth", "0.4"));
    }

    [FfmpegFact]
    public void A_film_gets_every_kind_of_its_regions_file_in_every_frame()
    {
        Directory.CreateDirectory(_folder["films"]);
        Clip.Make(_folder["films/a.mkv"], "-f lavfi -i testsrc2=s=192x108:r=25:d=0.4 -c:v ffv1 -pix_fmt bgr0");
        var frames = string.Join(',', Enumerable.Range(0, 10).Select(frame => string.Create(CultureInfo.InvariantCulture, $$"""
            {"index":{{frame}},"seconds":{{frame * 0.04}},"regions":[{"box":[10,10,60,100],"kind":"body","track":1},{"box":[20,15,50,45],"kind":"face","track":2},{"box":[100,40,180,60],"kind":"plate","track":3}]}
            """)));
        File.WriteAllText(_folder["films.json"], $$"""{"format":"veil-regions","version":1,"items":[{"file":"a.mkv","width":192,"height":108,"frames":[{{frames}}]}]}""");

        VeilProcess.Run("apply", _folder["films"], "-r", _folder["films.json"], "-o", _folder["out"], "--find", "bodies=solid,faces=solid", "--set", "bodies.color=#ff0000", "--set", "faces.color=#0000ff").Exits(0);

        var pixels = Clip.Pixels(_folder["out/a.mkv"], "rgb24");
        Assert.Equal(10 * 192 * 108 * 3, pixels.Length);
        for (var frame = 0; frame < 10; frame++)
        {
            Assert.Equal([255, 0, 0], At(15, 90));
            Assert.Equal([0, 0, 255], At(35, 30));
            Assert.Equal([0, 0, 0], At(101, 41));

            byte[] At(int x, int y) => pixels.AsSpan(3 * ((frame * 192 * 108) + (y * 192) + x), 3).ToArray();
        }
    }

    private VeilProcess Apply(string input, params string[] more) =>
        VeilProcess.Run(["apply", _folder[input], "-r", _folder[(input == "png" ? "a.png" : "a.jpg") + ".json"], "-o", _folder["out"], .. more]);

    private void AssertOptions(params (string Name, string Value)[] expected)
    {
        using var report = Report();
        var options = report.RootElement.GetProperty("options");
        Assert.All(expected, one => Assert.Equal(one.Value, options.GetProperty(one.Name).GetString()));
    }

    private JsonDocument Report() => JsonDocument.Parse(File.ReadAllBytes(_folder["out/veil-report.json"]));
}
