using System.Text.Json;

namespace Veil.Tests;

public sealed class EvaluateRealismTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DataFact("synthetic-portraits")]
    public void Faces_that_are_hardly_changed_are_found_again_and_covered_ones_are_not()
    {
        var faces = Portraits(4);
        File.WriteAllText(Path.Combine(faces, "notes.txt"), "no picture");
        string[] command = ["evaluate", "realism", faces, "--methods", "bilateral", "solid", "swap", "-o", _folder["report"]];
        var first = VeilProcess.Run(command);
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("4 pictures with 4 faces", first.Errors, StringComparison.Ordinal);
        Assert.Contains("swap was not measured: it exchanges faces among several people", first.Text, StringComparison.Ordinal);
        foreach (var file in new[] { "report.html", "report.xlsx", "redetection.csv", "landmarks.csv", "likeness.csv", "not-measured.csv" })
        {
            Assert.True(File.Exists(Path.Combine(_folder["report"], file)), file);
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder["report"], "report.json")));
        var found = json.RootElement.GetProperty("data").GetProperty("treatments").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("found").EnumerateArray().Select(detector => detector.GetProperty("again").GetProperty("share").GetDouble()).ToList());
        Assert.All(found["original"], share => Assert.Equal(1, share));
        Assert.All(found["bilateral"], share => Assert.Equal(1, share));
        Assert.All(found["solid"], share => Assert.Equal(0, share));

        // The same command again has nothing left to measure.
        var second = VeilProcess.Run(command);
        Assert.Equal(0, second.ExitCode);
        Assert.DoesNotContain("left on this machine", second.Errors, StringComparison.Ordinal);
        Assert.Equal(first.Text, second.Text);
    }

    [DataFact("synthetic-portraits")]
    public void A_generated_face_that_is_somebody_of_the_folder_is_too_near()
    {
        var people = _folder["people"];
        foreach (var (file, person) in Directory.GetFiles(Portraits(5)).Order(StringComparer.Ordinal).Select((file, person) => (file, person)))
        {
            File.Copy(file, Path.Combine(Directory.CreateDirectory(Path.Combine(people, $"{person}")).FullName, "1.jpg"));
        }

        var run = VeilProcess.Run("evaluate", "strangers", people, "--generated", Portraits(5), "--networks", "sface", "-o", _folder["report"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("nearer to people than strangers are", run.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder["report"], "pairs.csv")));
    }

    [Theory]
    [InlineData("Expected a folder", "realism", "none")]
    [InlineData("Expected pictures of two people or more", "realism", ".", "--methods", "solid")]
    [InlineData("Expected networks out of", "strangers", ".", "--networks", "nobody")]
    [InlineData("Expected a folder", "strangers", ".", "--generated", "none", "--networks", "sface")]
    public void What_cannot_be_meant_is_refused(string expected, params string[] arguments)
    {
        var empty = Directory.CreateDirectory(_folder["empty"]).FullName;
        var run = VeilProcess.Run(["evaluate", .. arguments.Select(word => word == "." ? empty : word), "-o", _folder["report"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    private string Portraits(int count)
    {
        var target = Directory.CreateDirectory(_folder[$"portraits{count}"]).FullName;
        foreach (var file in Directory.GetFiles(SharedData.Path("synthetic-portraits"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(count))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        return target;
    }
}
