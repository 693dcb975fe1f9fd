using Veil.Evaluation.Verification;
using Veil.Pipeline.Verification;

namespace Veil.Tests.Verification;

public sealed class OutputPairingTests
{
    [Fact]
    public void Files_are_paired_by_their_paths_and_by_their_stems_where_formats_changed()
    {
        var pairing = Pair(["a.jpg", "deep/b.jpg"], ["a.jpg", "deep/b.png"]);

        Assert.Equal(["a.jpg→/out/a.jpg", "deep/b.jpg→/out/deep/b.png"], pairing.Pairs.Select(pair => $"{pair.Original.Name}→{pair.Output}"));
        Assert.Empty(pairing.Alone);
    }

    [Fact]
    public void An_original_without_output_and_an_output_without_original_are_named()
    {
        var pairing = Pair(["a.jpg", "b.jpg"], ["a.jpg", "c.jpg"]);

        Assert.Equal(["b.jpg", "c.jpg"], pairing.Alone.Select(alone => alone.Key));
        Assert.All(pairing.Alone, alone => Assert.Equal(OutputVerdict.Unchecked, alone.Value.Verdict));
    }

    [Fact]
    public void What_the_run_failed_on_needs_no_output()
    {
        var record = RunRecord.None with { Path = "report", Items = new Dictionary<string, RecordedItem> { ["b.jpg"] = new("failed", "jpeg", null, []) } };

        var pairing = Pair(["a.jpg", "b.jpg"], ["a.jpg"], record);

        Assert.Equal(OutputVerdict.Holds, Assert.Single(pairing.Alone).Value.Verdict);
    }

    [Fact]
    public void Files_that_are_no_media_are_nobodys_business()
    {
        Assert.Empty(OutputPairing.Make(Files(["notes.txt"], "/in"), Files(["veil-report.json"], "/out"), RunRecord.None, null, _ => false).Alone);
    }

    [Fact]
    public void What_nobody_can_look_at_among_the_outputs_is_named()
    {
        var alone = Assert.Single(OutputPairing.Make(Files([], "/in"), Files(["photos.zip"], "/out"), RunRecord.None, null, _ => false).Alone);

        Assert.Equal("photos.zip", alone.Key);
        Assert.Equal(OutputVerdict.Unchecked, alone.Value.Verdict);
    }

    [Fact]
    public void Hidden_names_are_paired_by_their_map()
    {
        var names = new Dictionary<string, string> { ["000001.jpg"] = "b.jpg", ["000002.jpg"] = "a.jpg" };

        var pairing = OutputPairing.Make(Files(["a.jpg", "b.jpg"], "/in"), Files(["000001.jpg", "000002.jpg"], "/out"), RunRecord.None, names, _ => true);

        Assert.Equal(["a.jpg→/out/000002.jpg", "b.jpg→/out/000001.jpg"], pairing.Pairs.Select(pair => $"{pair.Original.Name}→{pair.Output}"));
    }

    private static OutputPairing Pair(string[] originals, string[] outputs, RunRecord? record = null) =>
        OutputPairing.Make(Files(originals, "/in"), Files(outputs, "/out"), record ?? RunRecord.None, null, _ => true);

    private static Dictionary<string, string> Files(string[] names, string folder) => names.ToDictionary(name => name, name => folder + "/" + name);
}
