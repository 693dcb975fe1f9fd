namespace Veil.Tests;

public sealed class EvaluateFlickerTests : IDisposable
{
    private const int Frames = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FfmpegFact]
    public void A_film_changes_as_much_as_itself_and_more_when_it_flickers()
    {
        Clip.Make(_folder["film.mkv"], $"-f lavfi -i testsrc2=s=200x200:r=25 -frames:v {Frames} -c:v ffv1");
        Clip.Make(_folder["flickering.mkv"], $"-f lavfi -i testsrc2=s=200x200:r=25 -frames:v {Frames} -vf negate=enable='mod(n\\,2)' -c:v ffv1");
        Regions("regions.json", Frames);

        var same = Measure("film.mkv", "film.mkv", "regions.json").Exits(0);
        var other = Measure("film.mkv", "flickering.mkv", "regions.json", "--json").Exits(0);

        Assert.Contains("1.00 times as much", same.Text, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(other.Text);
        Assert.True(json.RootElement.GetProperty("ratio").GetDouble() > 2);
        Assert.Equal(Frames - 1, json.RootElement.GetProperty("tracks")[0].GetProperty("pairs").GetInt32());
    }

    [FfmpegFact]
    public void Regions_of_another_film_are_refused()
    {
        Clip.Make(_folder["film.mkv"], $"-f lavfi -i testsrc2=s=200x200:r=25 -frames:v {Frames} -c:v ffv1");
        Regions("regions.json", Frames + 4);

        Assert.Contains($"differ at frame {Frames}", Measure("film.mkv", "film.mkv", "regions.json").Exits(2).Errors, StringComparison.Ordinal);
    }

    private VeilProcess Measure(string original, string output, string regions, params string[] more) =>
        VeilProcess.Run(["evaluate", "flicker", _folder[original], _folder[output], "-r", _folder[regions], .. more]);

    private void Regions(string name, int count)
    {
        var frames = Enumerable.Range(0, count).Select(frame => $$"""{"index":{{frame}},"regions":[{"box":[50,50,110,110],"kind":"face","score":0.9,"origin":{"source":"detector","name":"test"},"track":1,"reference":[48,48,112,112]}]}""");
        File.WriteAllText(_folder[name], $$"""{"format":"veil-regions","version":1,"items":[{"file":"film","width":200,"height":200,"frames":[{{string.Join(',', frames)}}]}]}""");
    }
}
