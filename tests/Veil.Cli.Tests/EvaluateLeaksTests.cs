namespace Veil.Tests;

public sealed class EvaluateLeaksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_face_that_is_seen_in_one_frame_has_leaked()
    {
        File.WriteAllText(_folder["truth.json"], Regions(_ => true));
        File.WriteAllText(_folder["tested.json"], Regions(frame => frame != 4));

        var table = VeilProcess.Run("evaluate", "leaks", "--ground-truth", _folder["truth.json"], "--regions", _folder["tested.json"]);
        var json = VeilProcess.Run("evaluate", "leaks", "--ground-truth", _folder["truth.json"], "--regions", _folder["truth.json"], "--json");

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.Contains("1 of 1 tracks of faces from 32 pixels on leaked, in 1 of 8 frames", table.Text, StringComparison.Ordinal);
        Assert.Contains("\"leaks\": []", json.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Truth_that_is_not_there_is_said() =>
        Assert.NotEqual(0, VeilProcess.Run("evaluate", "leaks", "--ground-truth", _folder["none.json"], "--regions", _folder["none.json"]).ExitCode);

    private static string Regions(Func<int, bool> isFound)
    {
        var frames = Enumerable.Range(0, 8).Select(frame => $$"""{"index":{{frame}},"regions":[{{(isFound(frame) ? """{"box":[50,50,90,90],"kind":"face","score":0.9,"origin":{"source":"detector","name":"test"},"track":1,"reference":[48,48,92,92]}""" : "")}}]}""");
        return $$"""{"format":"veil-regions","version":1,"items":[{"file":"film","width":200,"height":200,"frames":[{{string.Join(',', frames)}}]}]}""";
    }
}
