using System.Text.Json;

namespace Veil.Tests;

public sealed class NamingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbered_results_leave_no_name_in_the_output_folder_and_the_map_goes_where_it_was_asked()
    {
        People.CopyTo(_folder, "in/anna.jpg", "in/holiday/bela.jpg");
        File.WriteAllBytes(_folder["in/carla.jpg"], File.ReadAllBytes(_folder["in/anna.jpg"])[..5000]);

        Anonymize("sequence", "--name-map", _folder["map.json"]).Exits(1);

        Assert.Equal([".veil-journal.jsonl", "000001.jpg", "000003.jpg", "veil-report.json"], Outputs());
        foreach (var written in new[] { ".veil-journal.jsonl", "veil-report.json" })
        {
            var text = File.ReadAllText(_folder["out/" + written]);
            Assert.All(new[] { "anna", "bela", "carla", "holiday", _folder.FullPath }, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
        }

        using var map = JsonDocument.Parse(File.ReadAllBytes(_folder["map.json"]));
        Assert.Equal("holiday/bela.jpg", map.RootElement.GetProperty("000003.jpg").GetString());
    }

    [Fact]
    public void Hashed_names_are_the_same_in_a_second_run_and_others_for_another_user()
    {
        People.CopyTo(_folder, "in/anna.jpg");
        Anonymize("hash").Exits(0);
        var first = Outputs();

        Assert.Contains("done before", Anonymize("hash").Exits(0).Errors, StringComparison.Ordinal);
        Assert.Equal(first, Outputs());
        Assert.Equal(32, new FileInfo(_folder["user/veil/names.key"]).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["user/veil/names.key"]));
        }

        _folder.Write("other.key", new byte[32]);
        Anonymize("hash", "--name-key", _folder["other.key"], "--force").Exits(0);
        Assert.Equal(first.Count + 1, Outputs().Count);
    }

    [Fact]
    public void A_map_among_the_results_and_a_short_key_are_refused()
    {
        People.CopyTo(_folder, "in/anna.jpg");
        _folder.Write("short.key", "short"u8);

        Assert.Contains("undoes hiding", Anonymize("hash", "--name-map", _folder["out/map.json"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("32 or more", Anonymize("hash", "--name-key", _folder["short.key"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--names", Anonymize("keep", "--name-map", _folder["map.json"]).Exits(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_bear_the_time_that_was_asked_for()
    {
        People.CopyTo(_folder, "in/a.jpg");
        var taken = new DateTime(2019, 5, 4, 3, 2, 1, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder["in/a.jpg"], taken);

        foreach (var (times, expected) in new[] { ("keep", taken), ("zero", DateTime.UnixEpoch) })
        {
            VeilProcess.Run("anonymize", _folder["in"], "-o", _folder[times], "--find", "image", "--method", "solid", "--times", times).Exits(0);
            Assert.Equal(expected, File.GetLastWriteTimeUtc(_folder[times + "/a.jpg"]));
        }

        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["now"], "--find", "image", "--method", "solid").Exits(0);
        Assert.True(File.GetLastWriteTimeUtc(_folder["now/a.jpg"]) > taken.AddYears(1));
    }

    private VeilProcess Anonymize(string names, params string[] more) => VeilProcess.Run(
        [], new Dictionary<string, string> { ["XDG_DATA_HOME"] = _folder["user"] },
        ["anonymize", _folder["in"], "-o", _folder["out"], "--find", "image", "--method", "solid", "--names", names, .. more]);

    private List<string> Outputs() => [.. _folder.Files().Where(file => file.StartsWith("out/", StringComparison.Ordinal)).Select(file => file[4..])];
}
