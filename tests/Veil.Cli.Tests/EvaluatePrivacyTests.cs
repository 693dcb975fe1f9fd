using System.Text.Json;

namespace Veil.Tests;

public sealed class EvaluatePrivacyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DataFact("lfw-aligned")]
    public void Weak_methods_are_told_from_strong_ones_and_the_report_is_complete()
    {
        var faces = Copy("lfw-aligned", people: 12, pictures: 3);
        var output = _folder["report"];
        string[] command = ["evaluate", "privacy", faces, "--methods", "solid", "pixelate:grid=32", "face-replace/swap", "-o", output];
        var first = VeilProcess.Run(command);
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("undecided", first.Text, StringComparison.Ordinal);
        Assert.Contains("face-replace/swap was not measured", first.Text, StringComparison.Ordinal);
        foreach (var file in new[] { "report.html", "report.xlsx", "strongest.csv", "attacks.csv", "detectability.csv", "likeness.csv", "sanity.csv" })
        {
            Assert.True(File.Exists(Path.Combine(output, file)), file);
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "report.json")));
        var treatments = json.RootElement.GetProperty("data").GetProperty("treatments").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, one => one);
        Assert.Equal("Recognized", treatments["original"].GetProperty("verdict").GetString());
        Assert.Equal("Undecided", treatments["solid"].GetProperty("verdict").GetString());
        Assert.Equal("Recognized", treatments["pixelate:grid=32"].GetProperty("verdict").GetString());

        // The same command again has nothing left to measure.
        var second = VeilProcess.Run(command);
        Assert.Equal(0, second.ExitCode);
        Assert.DoesNotContain("left on this machine", second.Errors, StringComparison.Ordinal);
        Assert.Equal(first.Text, second.Text);
    }

    [DataFact("synthetic-portraits")]
    public void In_photos_the_largest_face_is_found_and_what_has_none_is_named()
    {
        var portraits = Directory.GetFiles(SharedData.Path("synthetic-portraits"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(4).ToList();
        foreach (var (portrait, person) in portraits.Select((path, index) => (path, index)))
        {
            var own = Directory.CreateDirectory(_folder[$"faces/person{person}"]).FullName;
            File.Copy(portrait, Path.Combine(own, "1.jpg"));
            File.Copy(portrait, Path.Combine(own, "2.jpg"));
        }

        Assert.True(Shell.Run(_folder["faces/person0"], "convert -size 200x150 gradient: sky.png"));
        File.WriteAllText(_folder["faces/person1/notes.txt"], "no picture");
        var run = VeilProcess.Run("evaluate", "privacy", _folder["faces"], "--methods", "veil", "-o", _folder["report"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("photos", run.Errors, StringComparison.Ordinal);
        Assert.Contains("left out, no face found: 1 file, e.g. person0/sky.png", run.Errors, StringComparison.Ordinal);
        Assert.Contains("left out, no picture: 1 file, e.g. person1/notes.txt", run.Errors, StringComparison.Ordinal);
    }

    [DataFact("hostile")]
    public void Broken_pictures_are_counted_and_named_and_too_few_are_an_error()
    {
        foreach (var file in Directory.GetFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(40).Select((path, index) => (path, index)))
        {
            File.Copy(file.path, Path.Combine(Directory.CreateDirectory(_folder[$"faces/p{file.index % 3}"]).FullName, file.index + Path.GetExtension(file.path)));
        }

        var run = VeilProcess.Run("evaluate", "privacy", _folder["faces"], "-o", _folder["report"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("left out, unreadable: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Expected two people or more with two usable pictures each", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Expected a folder", "none")]
    [InlineData("expected a number from 2 on", ".", "--people", "1")]
    [InlineData("Expected networks out of", ".", "--networks", "nobody")]
    public void What_cannot_be_meant_is_refused(string expected, params string[] arguments)
    {
        var run = VeilProcess.Run(["evaluate", "privacy", .. arguments, "-o", _folder["report"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    private string Copy(string data, int people, int pictures)
    {
        var target = Directory.CreateDirectory(_folder["faces"]).FullName;
        var chosen = Directory.GetDirectories(SharedData.Path(data)).Order(StringComparer.Ordinal)
            .Select(folder => (folder, files: Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Take(pictures).ToList()))
            .Where(one => one.files.Count == pictures).Take(people);
        foreach (var (folder, files) in chosen)
        {
            var own = Directory.CreateDirectory(Path.Combine(target, Path.GetFileName(folder))).FullName;
            files.ForEach(file => File.Copy(file, Path.Combine(own, Path.GetFileName(file))));
        }

        return target;
    }
}
