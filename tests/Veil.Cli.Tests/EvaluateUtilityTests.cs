using System.Text.Json;
using Veil.Torch.Tests;

namespace Veil.Tests;

public sealed class EvaluateUtilityTests : IDisposable
{
    private static readonly string[] Colours = ["blue", "red"];

    private readonly TemporaryFolder _folder = new();

    public EvaluateUtilityTests()
    {
        foreach (var (name, channel) in Colours.Zip([2, 0]))
        {
            for (var i = 0; i < 14; i++)
            {
                _folder.Write($"data/{(i < 10 ? "train" : "test")}/{name}/{i}.png", TintedNoise.Draw(channel, seed: (100 * channel) + i));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    [TorchFact]
    public void Heads_are_trained_compared_and_reported_and_nothing_is_measured_twice()
    {
        var first = Utility("-m", "solid", "--seeds", "2", "--epochs", "3").Exits(0);
        Assert.Contains("Trained on originals, the network gets", first.Text, StringComparison.Ordinal);
        Assert.Contains("Trained on solid:", first.Text, StringComparison.Ordinal);
        Assert.Contains("on this machine", first.Errors, StringComparison.Ordinal);
        foreach (var file in new[] { "report.html", "report.xlsx", "report.json", "accuracy.csv", "curves.csv", "confusion.csv" })
        {
            Assert.True(File.Exists(_folder["out/" + file]), file);
        }

        using var record = JsonDocument.Parse(File.ReadAllBytes(_folder["out/report.json"]));
        var trainings = record.RootElement.GetProperty("data").GetProperty("treatments")[1].GetProperty("trainings");
        Assert.Equal(2, trainings.GetArrayLength());

        var journal = File.ReadAllBytes(_folder["out/.veil-measured.jsonl"]);
        Assert.Equal(first.Text, Utility("-m", "solid", "--seeds", "2", "--epochs", "3").Exits(0).Text);
        Assert.Equal(journal, File.ReadAllBytes(_folder["out/.veil-measured.jsonl"]));
    }

    [TorchFact]
    public void Interrupted_it_says_so_and_the_same_command_goes_on()
    {
        string[] options = ["-m", "solid", "gaussian", "--seeds", "2", "--epochs", "2"];
        using (var process = VeilProcess.Start(new Dictionary<string, string>(), ["evaluate", "utility", _folder["data"], "-o", _folder["out"], .. options]))
        {
            var errors = process.StandardError.ReadToEndAsync();

            // Originals have been trained on when another method's pictures begin.
            Eventually.True(() => process.HasExited || _folder.Files().Count(file => file.StartsWith("out/.veil-inputs/", StringComparison.Ordinal)) > 1);
            Assert.True(Shell.Run(_folder.FullPath, $"kill -INT {process.Id}"));
            process.WaitForExit();
            Assert.True(process.ExitCode == 130, errors.Result);
        }

        var kept = File.ReadAllText(_folder["out/.veil-measured.jsonl"]);
        Utility(options).Exits(0);
        Assert.Contains("original seed 2", kept, StringComparison.Ordinal);
        Assert.StartsWith(kept, File.ReadAllText(_folder["out/.veil-measured.jsonl"]), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out/report.html"]));
    }

    [TorchFact]
    public void Unreadable_pictures_are_listed_and_left_out_and_failing_methods_too()
    {
        _folder.Write("data/train/red/broken.png", File.ReadAllBytes(_folder["data/train/red/1.png"]).AsSpan(0, 60));
        _folder.Write("data/test/blue/noise.jpg", "not a picture at all"u8);

        var run = Utility("-m", "solid", "ksame:gallery=nowhere", "--seeds", "1", "--epochs", "1");

        run.Exits(1);
        Assert.Contains("2 picture files could not be read and are left out", run.Text, StringComparison.Ordinal);
        Assert.Contains("ksame:gallery=nowhere has no result", run.Text, StringComparison.Ordinal);
        Assert.Contains("train/red/broken.png", File.ReadAllText(_folder["out/unusable.csv"]), StringComparison.Ordinal);
    }

    [TorchFact]
    public void A_class_that_is_missing_in_test_is_named()
    {
        Directory.Delete(_folder["data/test/red"], recursive: true);

        Assert.Contains("'test' has no usable picture of 'red'", Fails("-m", "solid"), StringComparison.Ordinal);
    }

    [TorchFact]
    public void An_empty_class_folder_is_missed()
    {
        Directory.CreateDirectory(_folder["data/train/green"]);

        Assert.Contains("'green'", Fails("-m", "solid"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_dataset_is_no_place_for_the_report()
    {
        Assert.Contains("is the dataset itself", VeilProcess.Run("evaluate", "utility", _folder["data"], "-m", "solid", "-o", _folder["data"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("is inside it", VeilProcess.Run("evaluate", "utility", _folder["data"], "-m", "solid", "-o", _folder["data/train/report"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Files(), file => file.Contains("report", StringComparison.Ordinal) || file.Contains(".veil", StringComparison.Ordinal));
    }

    [TorchFact]
    public void Empty_and_missing_folders_are_said()
    {
        Directory.CreateDirectory(_folder["empty"]);

        Assert.Contains("train/CLASS/", VeilProcess.Run("evaluate", "utility", _folder["empty"], "-m", "solid", "-o", _folder["out"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("There is no folder", VeilProcess.Run("evaluate", "utility", _folder["nothing"], "-m", "solid", "-o", _folder["out"]).Exits(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seeds", "0")]
    [InlineData("--side", "65")]
    [InlineData("--validation", "0.9")]
    [InlineData("--methods", "blurr")]
    [InlineData("--find", "image=solid")]
    public void Options_out_of_range_are_refused(string option, string value) => Fails(option, value);

    [TorchFact]
    public void Hostile_files_among_the_pictures_are_too_many_to_go_on()
    {
        if (!SharedData.Has("hostile"))
        {
            return; // Both are needed, and a test has one reason to be skipped.
        }

        foreach (var file in Directory.EnumerateFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).LinkTarget is null))
        {
            File.Copy(file, _folder["data/train/red/" + Path.GetFileName(file)], overwrite: true);
        }

        Assert.Contains("Expected at most 10", Fails("-m", "solid"), StringComparison.Ordinal);
    }

    private string Fails(params string[] options)
    {
        var run = Utility(options).Exits(2);
        Assert.False(File.Exists(_folder["out/report.html"]));
        return run.Errors;
    }

    private VeilProcess Utility(params string[] options) => VeilProcess.Run(["evaluate", "utility", _folder["data"], "-o", _folder["out"], .. options]);
}
