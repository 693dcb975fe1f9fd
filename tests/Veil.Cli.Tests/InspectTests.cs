using System.Text.Json;

namespace Veil.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_clean_file_has_nothing_and_a_comment_is_found()
    {
        People.CopyTo(_folder, "clean.jpg");
        var clean = File.ReadAllBytes(_folder["clean.jpg"]);
        _folder.Write("told.jpg", [.. clean[..2], 0xFF, 0xFE, 0, 14, .. "this is Anna"u8, .. clean[2..], .. "after the end"u8]);

        Assert.Contains("nothing found", VeilProcess.Run("inspect", _folder["clean.jpg"], "--fail-on", "any").Exits(0).Text, StringComparison.Ordinal);
        var told = VeilProcess.Run("inspect", _folder["told.jpg"]).Exits(0).Text;
        Assert.Contains("this is Anna", told, StringComparison.Ordinal);
        Assert.Contains("trailing", told, StringComparison.Ordinal);
        VeilProcess.Run("inspect", _folder["told.jpg"], "--fail-on", "place,trailing").Exits(1);
        VeilProcess.Run("inspect", _folder["told.jpg"], "--fail-on", "place,name").Exits(0);

        using var json = JsonDocument.Parse(VeilProcess.Run("inspect", _folder.FullPath, "--json").Exits(0).Output);
        var files = json.RootElement.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(["clean.jpg", "told.jpg"], files.Select(file => file.GetProperty("file").GetString()));
        Assert.Equal("trailing", files[1].GetProperty("traces")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void What_is_no_picture_is_passed_over_in_a_folder_and_told_when_named()
    {
        _folder.Write("in/notes.txt", "text"u8);

        Assert.Empty(VeilProcess.Run("inspect", _folder["in"]).Exits(0).Text);
        Assert.Contains("notes.txt", VeilProcess.Run("inspect", _folder["in/notes.txt"]).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Contains("known", VeilProcess.Run("inspect", _folder["in"], "--fail-on", "colour").Exits(2).Errors, StringComparison.OrdinalIgnoreCase);
    }

    [DataFact("hostile")]
    public void Every_hostile_file_is_inspected()
    {
        var run = VeilProcess.Run("inspect", SharedData.Path("hostile"), "--json");

        // Some look like videos and are none that can be read: nobody may take those for clean.
        Assert.All(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains("video", line, StringComparison.OrdinalIgnoreCase));
        using var json = JsonDocument.Parse(run.Output);

        Assert.InRange(json.RootElement.GetProperty("files").GetArrayLength(), 150, 400);
    }

    [DataFact("metadata")]
    public void Real_photos_have_places_before_and_none_after()
    {
        var photos = Directory.GetFiles(SharedData.Path("metadata"), "*gps_DSCN*.jpg", SearchOption.AllDirectories);
        VeilProcess.Run(["inspect", .. photos, "--fail-on", "place"]).Exits(1);

        foreach (var level in new[] { "none", "safe" })
        {
            VeilProcess.Run(["anonymize", .. photos, "-o", _folder[level + "/"], "--find", "image", "--method", "solid", "--metadata", level]).Exits(0);
            VeilProcess.Run("inspect", _folder[level], "--fail-on", "any").Exits(0);
        }

        VeilProcess.Run(["anonymize", .. photos, "-o", _folder["all/"], "--find", "image", "--method", "solid", "--metadata", "all"]).Exits(0);
        VeilProcess.Run("inspect", _folder["all"], "--fail-on", "place").Exits(1);
        VeilProcess.Run("inspect", _folder["all"], "--fail-on", "thumbnail,makernote,trailing,provenance").Exits(0);
        Assert.Contains("thumbnail", File.ReadAllText(_folder["all/veil-report.json"]), StringComparison.Ordinal);
        Assert.Contains("\"metadata\": \"all\"", File.ReadAllText(_folder["all/veil-report.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_without_the_safe_level_is_a_mistake()
    {
        People.CopyTo(_folder, "in/a.jpg");

        Assert.Contains("--metadata safe", VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--metadata-date", "day").Exits(2).Errors, StringComparison.Ordinal);
    }
}
