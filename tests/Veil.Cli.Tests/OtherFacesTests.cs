using Veil.Imaging;

namespace Veil.Tests;

/// <summary>The methods that show other faces, through the built program.</summary>
public sealed class OtherFacesTests : IDisposable
{
    private static readonly PixelRect[] Faces = [.. Enumerable.Range(0, 4).Select(i => new PixelRect((i * 240) + 85, 85, (i * 240) + 155, 165))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Swap_changes_every_face_and_says_what_it_does_not_hide()
    {
        People.CopyTo(_folder, "in/a.jpg");

        var run = VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--method", "swap").Exits(0);

        Assert.Contains("can still be recognized", run.Errors, StringComparison.Ordinal);
        Assert.All(Faces, face => Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], face) > 8));
    }

    [Fact]
    public void One_person_cannot_be_swapped_and_nothing_is_written_for_them()
    {
        Portraits("in");

        var run = VeilProcess.Run("anonymize", _folder["in/0.png"], "-o", _folder["out/"], "--preset", "face-replace/swap").Exits(1);

        Assert.Contains("only one face", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/0.png"]));
    }

    [Fact]
    public void Ksame_puts_averages_of_the_gallery_in_place_of_every_face()
    {
        People.CopyTo(_folder, "in/a.jpg", "gallery/group.jpg");
        Portraits("gallery");

        var run = VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--method", "ksame", "--set", "gallery=" + _folder["gallery"], "--set", "k=2").Exits(0);

        Assert.Contains("1 photos without exactly one clear face", run.Errors, StringComparison.Ordinal);
        Assert.All(Faces, face => Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], face) > 8));
    }

    [Fact]
    public void Known_regions_are_covered_by_a_method_that_cannot_do_without_a_setting()
    {
        People.CopyTo(_folder, "in/a.jpg");
        Portraits("gallery");
        VeilProcess.Run("detect", _folder["in/a.jpg"], "-o", _folder["regions.json"]).Exits(0);

        VeilProcess.Run(
            "apply", _folder["in/a.jpg"], "--regions", _folder["regions.json"], "-o", _folder["out/"],
            "--method", "ksame", "--set", "gallery=" + _folder["gallery"], "--set", "k=2").Exits(0);

        Assert.All(Faces, face => Assert.True(People.Difference(_folder["in/a.jpg"], _folder["out/a.jpg"], face) > 8));
    }

    [Fact]
    public void Ksame_without_enough_of_a_gallery_stops_before_any_picture()
    {
        People.CopyTo(_folder, "in/a.jpg");
        Portraits("gallery");
        foreach (var (settings, words) in new[]
        {
            (Array.Empty<string>(), "gallery"),
            (["--set", "gallery=" + _folder["nowhere"]], "cannot be read"),
            (["--set", "gallery=" + _folder["gallery"], "--set", "k=5"], "received 4"),
        })
        {
            var run = VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["out"], "--method", "ksame", .. settings]).Exits(2);
            Assert.Contains(words, run.Errors, StringComparison.Ordinal);
            Assert.False(File.Exists(_folder["out/a.jpg"]));
        }
    }

    private void Portraits(string folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        using var four = Picture.Decode(File.ReadAllBytes(People.Four));
        for (var i = 0; i < 4; i++)
        {
            using var view = four.Frame(0).View(new PixelRect(i * 240, 0, (i + 1) * 240, 240));
            using var portrait = Picture.FromPixels(view.Clone(), PictureFormat.Png);
            File.WriteAllBytes(_folder[$"{folder}/{i}.png"], portrait.Encode());
        }
    }
}
