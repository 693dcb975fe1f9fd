using System.Text.Json;
using Veil.Torch.Tests;

namespace Veil.Tests;

public sealed class EvaluateFrontierTests : IDisposable
{
    private const int People = 6;

    private static readonly (string Name, int Channel)[] Colours = [("blue", 2), ("red", 0)];
    private static readonly string[] Written = ["report.html", "report.xlsx", "frontier.csv", "privacy/report.html", "utility/report.html"];
    private static readonly string[] Compared = ["original", "solid", "gaussian"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TorchFact]
    public void Both_axes_are_measured_joined_and_kept_and_what_was_covered_is_said()
    {
        if (!SharedData.Has("lfw-aligned"))
        {
            return; // Both are needed, and a test has one reason to be skipped.
        }

        foreach (var person in Directory.GetDirectories(SharedData.Path("lfw-aligned")).Order(StringComparer.Ordinal).Where(folder => Directory.GetFiles(folder, "*.jpg").Length > 1).Take(People))
        {
            var own = Directory.CreateDirectory(_folder["faces/" + Path.GetFileName(person)]).FullName;
            foreach (var file in Directory.GetFiles(person, "*.jpg").Order(StringComparer.Ordinal).Take(2))
            {
                File.Copy(file, Path.Combine(own, Path.GetFileName(file)));
            }
        }

        _folder.Write($"faces/{Path.GetFileName(Directory.GetDirectories(_folder["faces"])[0])}/notes.txt", "no picture"u8);
        foreach (var (name, channel) in Colours)
        {
            for (var i = 0; i < 14; i++)
            {
                _folder.Write($"data/{(i < 10 ? "train" : "test")}/{name}/{i}.png", TintedNoise.Draw(channel, seed: (100 * channel) + i));
            }
        }

        string[] command =
        [
            "evaluate", "frontier", _folder["faces"], _folder["data"], "--networks", "sface", "--methods", "solid", "gaussian", "--seeds", "2", "--epochs", "2", "--min-utility", "0",
            "--max-reidentification", "1", "-o", _folder["out"],
        ];
        var first = VeilProcess.Run(command).Exits(0);
        Assert.Contains("on this machine", first.Errors, StringComparison.Ordinal);
        Assert.Contains("Left out of privacy, no picture: 1 file", first.Errors, StringComparison.Ordinal);
        Assert.Contains(" --shape box", first.Text, StringComparison.Ordinal);
        Assert.Contains("crops of faces, all of which was covered", first.Text, StringComparison.Ordinal);
        Assert.Contains("whole pictures anonymized, since --find was not given", first.Text, StringComparison.Ordinal);
        foreach (var file in Written)
        {
            Assert.True(File.Exists(_folder["out/" + file]), file);
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(_folder["out/report.json"]));
        var points = json.RootElement.GetProperty("data").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("treatment").GetString());
        Assert.Equal(Compared, points);

        var journals = Journals();
        Assert.Equal(first.Text, VeilProcess.Run(command).Exits(0).Text);
        Assert.Equal(journals, Journals());
    }

    [Fact]
    public void Pictures_that_a_coco_file_names_are_neither_shown_nor_written_into()
    {
        Directory.CreateDirectory(_folder["faces"]);
        _folder.Write("val/a.jpg", TintedNoise.Draw(0, seed: 1));
        var truth = _folder.Write("annotations/instances_val.json", """
            {"images":[{"id":1,"file_name":"a.jpg","width":24,"height":24}],"categories":[{"id":1,"name":"person"}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[4,4,9,9],"area":81,"iscrowd":0,"segmentation":[[4,4,13,4,13,13,4,13]]}]}
            """u8);
        var shown = VeilProcess.Run("evaluate", "frontier", _folder["faces"], truth, "--methods", "solid", "--portraits", _folder["val"], "-o", _folder["out"]).Exits(2);
        Assert.Contains("nobody who is measured may be shown", shown.Errors, StringComparison.Ordinal);
        var written = VeilProcess.Run("evaluate", "frontier", _folder["faces"], truth, "--methods", "solid", "-o", _folder["val/out"]).Exits(2);
        Assert.Contains("outside of what is measured", written.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["val/out"]));
    }

    private (string, string) Journals() => (File.ReadAllText(_folder["out/privacy/.veil-measured.jsonl"]), File.ReadAllText(_folder["out/utility/.veil-measured.jsonl"]));
}
