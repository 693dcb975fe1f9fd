using System.Text.Json;
using System.Text.Json.Nodes;
using Veil.Imaging;

namespace Veil.Tests;

public sealed class PeopleTests : IDisposable
{
    // Where the four people of the picture are; inside their faces.
    private static readonly PixelRect[] Faces = [new(70, 80, 150, 190), new(320, 80, 400, 190), new(560, 80, 640, 190), new(800, 80, 880, 190)];
    private readonly TemporaryFolder _folder = new();

    public PeopleTests()
    {
        People.CopyTo(_folder, "in/a.jpg");
        Reference("friends/anna.png", 1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Except_leaves_the_listed_person_clear_the_same_with_any_workers_and_after_an_interruption()
    {
        var run = Anonymize("one", "--except", _folder["friends"], "--jobs", "1").Exits(0);
        Assert.Contains("1 face left clear: listed in --except", run.Errors, StringComparison.Ordinal);
        Assert.Equal([false, true, false, false], Clear("one/a.jpg"));

        People.CopyTo(_folder, "in/b.jpg", "in/c.jpg");
        var more = Anonymize("one", "--except", _folder["friends"], "--jobs", "4").Exits(0);
        Assert.Contains("a.jpg: done before", more.Errors, StringComparison.Ordinal);
        Anonymize("apart", "--except", _folder["friends"], "--isolate").Exits(0);
        foreach (var output in new[] { "one/b.jpg", "one/c.jpg", "apart/a.jpg", "apart/b.jpg" })
        {
            Assert.Equal(File.ReadAllBytes(_folder["one/a.jpg"]), File.ReadAllBytes(_folder[output]));
        }

        using var report = JsonDocument.Parse(File.ReadAllBytes(_folder["apart/veil-report.json"]));
        Assert.Equal(3, report.RootElement.GetProperty("counts").GetProperty("people").GetProperty("clear").GetInt32());
        Assert.Equal("1", report.RootElement.GetProperty("options").GetProperty("people-photos").GetString());
        Assert.DoesNotContain("anna", report.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_hides_the_listed_person_and_who_might_be()
    {
        Anonymize("out", "--only", _folder["friends"]).Exits(0);

        // The third resembles her too much to be sure: similarity .36.
        Assert.Equal([true, false, true, false], Clear("out/a.jpg"));
    }

    [Fact]
    public void Another_photo_makes_another_run()
    {
        Anonymize("out", "--except", _folder["friends"]).Exits(0);
        Reference("friends/ben.png", 0);

        var run = Anonymize("out", "--except", _folder["friends"], "--force").Exits(0);

        Assert.DoesNotContain("done before", run.Errors, StringComparison.Ordinal);
        Assert.Equal([true, true, false, false], Clear("out/a.jpg"));
    }

    [Fact]
    public void A_photo_unlike_the_others_of_its_person_is_pointed_out()
    {
        Reference("family/anna/1.png", 1);
        Reference("family/anna/2.png", 0);

        Assert.Contains("anna/1.png' does not look like the others", Anonymize("out", "--except", _folder["family"], "--dry-run").Exits(0).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Detected_regions_know_their_person_and_are_chosen_from_when_applied()
    {
        VeilProcess.Run("detect", _folder["in"], "--only", _folder["friends"], "-o", _folder["listed.json"]).Exits(0);
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["all.json"]).Exits(0);

        VeilProcess.Run("apply", _folder["in"], "--regions", _folder["all.json"], "--except", _folder["friends"], "-o", _folder["out"], "--method", "solid").Exits(0);

        Assert.Contains("\"person\": 0", File.ReadAllText(_folder["listed.json"]), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllText(_folder["listed.json"]).Split("\"kind\"").Length - 1);
        Assert.Equal([false, true, false, false], Clear("out/a.jpg"));
    }

    [Fact]
    public void The_body_of_who_stays_clear_stays_clear_and_everybody_elses_is_hidden()
    {
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["all.json"]).Exits(0);
        var document = JsonNode.Parse(File.ReadAllText(_folder["all.json"]))!;
        var regions = document["items"]![0]!["frames"]![0]!["regions"]!.AsArray();
        foreach (var person in new[] { 0, 1, 2 })
        {
            regions.Add(JsonNode.Parse($$"""{ "box": [{{(240 * person) + 30}}, 30, {{(240 * person) + 205}}, 240], "kind": "body" }"""));
        }

        File.WriteAllText(_folder["all.json"], document.ToJsonString());

        VeilProcess.Run("apply", _folder["in"], "--regions", _folder["all.json"], "--except", _folder["friends"], "-o", _folder["out"], "-m", "solid").Exits(0);

        Assert.Equal([false, true, false, false], Clear("out/a.jpg"));
        var shoulders = Enumerable.Range(0, 3).Select(person => new PixelRect((240 * person) + 32, 215, (240 * person) + 44, 235));
        Assert.Equal([false, true, false], shoulders.Select(place => People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], place) < 3));
    }

    [Fact]
    public void A_group_of_people_serves_as_reference_photos()
    {
        People.CopyTo(_folder, "in/deep/b.jpg");
        var run = VeilProcess.Run("people", _folder["in"], "-o", _folder["groups"]).Exits(0);
        Assert.Contains("8 faces in 4 groups", run.Errors, StringComparison.Ordinal);
        Assert.Contains("clear faces", run.Errors, StringComparison.Ordinal);
        using var index = JsonDocument.Parse(File.ReadAllBytes(_folder["groups/people.json"]));
        var group = index.RootElement.GetProperty("groups")[0];
        Assert.Equal(["a.jpg", "deep/b.jpg"], group.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("picture").GetString()));
        var left = group.GetProperty("faces")[0].GetProperty("box")[0].GetDouble();

        Anonymize("out", "--except", _folder["groups/person-001"]).Exits(0);

        Assert.Equal([.. Faces.Select(face => left > face.Left - 60 && left < face.Left)], Clear("out/a.jpg"));
        Assert.Contains("is there already", VeilProcess.Run("people", _folder["in"], "-o", _folder["groups"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("anonymized pictures", VeilProcess.Run("people", _folder["in"], "-o", _folder["out/groups"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("lie in each other", VeilProcess.Run("people", _folder["in"], "-o", _folder["in/groups"]).Exits(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_of_people_is_for_its_owner_and_a_forced_run_keeps_what_was_renamed()
    {
        VeilProcess.Run("people", _folder["in"], "-o", _folder["groups"], "--min-faces", "2").Exits(0);
        Assert.Equal(["groups/people.json"], _folder.Files().Where(file => file.StartsWith("groups/", StringComparison.Ordinal)));
        VeilProcess.Run("people", _folder["in"], "-o", _folder["groups"], "--force").Exits(0);
        Directory.Move(_folder["groups/person-001"], _folder["groups/anna"]);

        VeilProcess.Run("people", _folder["in"], "-o", _folder["groups"], "--force").Exits(0);

        Assert.Equal(5, Directory.GetDirectories(_folder["groups"]).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["groups"]));
        }
    }

    [Theory]
    [InlineData("no face", "shows no face")]
    [InlineData("two faces", "none of them is much larger")]
    [InlineData("broken", "cannot be read")]
    [InlineData("not a picture", "'ben.cr2' cannot be read")]
    [InlineData("empty", "There is no photo")]
    [InlineData("nowhere", "there is no folder")]
    [InlineData("undecided", "of several people")]
    [InlineData("somebody without photo", "no photo in 'ben'")]
    [InlineData("small", "too small a face")]
    public void A_reference_that_cannot_be_used_stops_the_run_before_any_output(string what, string because)
    {
        var friends = what == "nowhere" ? _folder["nowhere"] : _folder["bad"];
        switch (what)
        {
            case "no face":
                Write("bad/ben/1.png", new PixelRect(0, 0, 60, 40));
                break;
            case "two faces":
                Write("bad/ben.png", new PixelRect(240, 0, 720, 240));
                break;
            case "broken":
                _folder.Write("bad/ben.jpg", File.ReadAllBytes(People.Four).AsSpan(0, 4000));
                break;
            case "not a picture":
                _folder.Write("bad/ben.cr2", "no"u8);
                break;
            case "empty":
                _folder.Write("bad/.hidden.jpg", "no"u8);
                break;
            case "somebody without photo":
                Reference("bad/anna/1.png", 1);
                Directory.CreateDirectory(_folder["bad/ben"]);
                break;
            case "undecided":
                Reference("bad/undecided/1.png", 0);
                break;
            case "small":
                Shrink("bad/ben.png", 1, 42);
                break;
            default:
                break;
        }

        var run = Anonymize("out", "--only", friends).Exits(2);

        Assert.Contains(because, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Assert.Contains("both were given", Anonymize("out", "--only", _folder["friends"], "--except", _folder["friends"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("whole pictures", Anonymize("out", "--only", _folder["friends"], "--find", "image").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--only or --except", Anonymize("out", "--person-threshold", "0.4").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("Threshold", Anonymize("out", "--only", _folder["friends"], "--person-threshold", "4").Exits(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_altered_network_is_not_used()
    {
        _folder.Write("models/sface.onnx", "nothing"u8);

        var run = VeilProcess.Run([], new Dictionary<string, string> { ["VEIL_MODELS"] = _folder["models"] }, "anonymize", _folder["in"], "-o", _folder["out"], "--except", _folder["friends"]);

        Assert.Contains("sface", run.Exits(3).Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [DataFact("synthetic-portraits")]
    public void Of_many_people_exactly_the_listed_stay_clear()
    {
        foreach (var file in Directory.GetFiles(SharedData.Path("synthetic-portraits"), "*.jpg").Order(StringComparer.Ordinal).Take(12))
        {
            _folder.Write("many/" + Path.GetFileName(file), File.ReadAllBytes(file));
        }

        _folder.Write("listed/one/x.jpg", File.ReadAllBytes(_folder["many/portrait-003.jpg"]));
        _folder.Write("listed/two/x.jpg", File.ReadAllBytes(_folder["many/portrait-008.jpg"]));
        VeilProcess.Run("anonymize", _folder["many"], "-o", _folder["out"], "--except", _folder["listed"]).Exits(0);

        var middle = new PixelRect(200, 200, 312, 312);
        var clear = _folder.Files().Where(file => file.StartsWith("many/", StringComparison.Ordinal))
            .Where(file => People.Difference(_folder[file], _folder[file.Replace("many/", "out/", StringComparison.Ordinal)], middle) < 3);
        Assert.Equal(["many/portrait-003.jpg", "many/portrait-008.jpg"], clear);
    }

    private VeilProcess Anonymize(string output, params string[] more) =>
        VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder[output], "--method", "solid", .. more]);

    private bool[] Clear(string output) => [.. Faces.Select(face => People.Difference(_folder["in/a.jpg"], _folder[output], face) < 3)];

    private void Reference(string name, int person) => Write(name, new PixelRect(240 * person, 0, 240 * (person + 1), 240));

    private void Write(string name, PixelRect area)
    {
        using var four = Picture.Decode(File.ReadAllBytes(People.Four));
        using var view = four.Frame(0).View(area);
        using var cut = Picture.FromPixels(view.Clone(), PictureFormat.Png);
        _folder.Write(name, cut.Encode());
    }

    private void Shrink(string name, int person, int side)
    {
        using var four = Picture.Decode(File.ReadAllBytes(People.Four));
        using var view = four.Frame(0).View(new PixelRect(240 * person, 0, 240 * (person + 1), 240));
        var small = new PixelBuffer(side, side, PixelFormat.Rgb24);
        Kernels.Resampler.Apply(view.Span, view.Stride, 240, 240, small.Span, small.Stride, side, side, 3, Kernels.Resampling.Area);
        using var picture = Picture.FromPixels(small, PictureFormat.Png);
        _folder.Write(name, picture.Encode());
    }
}
