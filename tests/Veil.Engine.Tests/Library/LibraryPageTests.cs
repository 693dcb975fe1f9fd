using System.Text.RegularExpressions;
using Veil.Errors;
using Veil.Imaging;

namespace Veil.Engine.Tests.Library;

/// <summary>docs/library.md: its C# is that of this folder, and it runs.</summary>
public sealed partial class LibraryPageTests : IDisposable
{
    // In the middle of the first of four faces.
    private const int FaceX = 120;
    private const int FaceY = 125;

    private readonly TemporaryFolder _folder = new();
    private readonly LibrarySnippets _snippets;

    public LibraryPageTests() => _snippets = new LibrarySnippets(_folder.FullPath);

    private static string FourPeople => DocumentationPictures.FourPeople;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_shows_what_is_compiled_and_nothing_else()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "library.md"));
        var compiled = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests", "Veil.Engine.Tests", "Library"), "*.cs")
            .SelectMany(file => Marked().Matches(File.ReadAllText(file))).ToDictionary(match => match.Groups["name"].Value, match => AsShown(match.Groups["code"].Value));
        var shown = Fenced().Matches(page).Select(match => match.Groups["code"].Value).ToList();

        Assert.Equal(compiled.Values.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_picture() => Changes(_snippets.Picture);

    [Fact]
    public async Task A_folder()
    {
        Copy(FourPeople, _folder["holiday/a.jpg"]);

        await _snippets.Folder();

        Assert.True(File.Exists(_folder["holiday-anonymized/a.jpg"]));
    }

    [FfmpegFact]
    public void A_clip()
    {
        Film();

        _snippets.Clip();

        Assert.True(new FileInfo(_folder["dance-anonymized.mp4"]).Length > 0);
    }

    [Fact]
    public void Settings() => Changes(_snippets.Settings);

    [Fact]
    public void Regions_found_and_edited() => Changes(_snippets.Regions);

    [DataFact("synthetic-portraits")]
    public void People_who_stay_visible()
    {
        var ann = Directory.EnumerateFiles(SharedData.Path("synthetic-portraits"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        Copy(ann, _folder["friends/ann.jpg"]);
        Copy(ann, _folder["party.jpg"]);

        _snippets.People();

        using var before = Pixels("party.jpg");
        using var after = Pixels("party-anonymized.jpg");
        Assert.Equal(before.Row(256).ToArray(), after.Row(256).ToArray());
    }

    [Fact]
    public void Pixels_in_memory()
    {
        Copy(FourPeople, _folder["party.jpg"]);
        using var pixels = Pixels("party.jpg");
        var bytes = pixels.Span.ToArray();

        Assert.Equal(4, LibrarySnippets.Memory(bytes, pixels.Width, pixels.Height).Count);

        Assert.False(pixels.Span.SequenceEqual(bytes));
    }

    [FfmpegFact]
    public void Progress_and_an_end_before_the_end()
    {
        Film();

        _snippets.Progress(new CancellationToken(canceled: true));

        Assert.False(File.Exists(_folder["dance-anonymized.mp4"]));
        _snippets.Progress(CancellationToken.None);
        Assert.True(File.Exists(_folder["dance-anonymized.mp4"]));
    }

    [Fact]
    public void A_method_of_ones_own()
    {
        Changes(_snippets.OwnMethod);

        using var after = Pixels("party-anonymized.jpg");
        Assert.All(after.Row(FaceY).Slice(FaceX * 3, 3).ToArray(), value => Assert.True(value is < 30 or > 225, $"{value}"));
    }

    [FfmpegFact]
    public void A_detector_of_ones_own()
    {
        Clip.Make(_folder["badge.png"], "-f lavfi -i color=gray:s=160x120:d=1,drawbox=x=40:y=30:w=60:h=20:color=0x00ff00:t=fill,format=rgb24 -frames:v 1");

        _snippets.OwnDetector();

        using var after = Pixels("badge-anonymized.png");
        Assert.Equal([0, 0, 0], after.Row(40).Slice(70 * 3, 3).ToArray());
        Assert.InRange(after.Row(100)[150 * 3], 120, 136);
    }

    [Fact]
    public void Where_permissive_models_alone_are_allowed_others_are_refused_by_name()
    {
        Copy(FourPeople, _folder["party.jpg"]);
        try
        {
            _snippets.Permissive();
            Assert.True(File.Exists(_folder["party-anonymized.jpg"]));
        }
        catch (VeilException error)
        {
            Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
            Assert.False(File.Exists(_folder["party-anonymized.jpg"]));
        }
    }

    [Fact]
    public void Two_of_the_same_name_are_refused()
    {
        var twice = new AnonymizerSettings { OwnMethods = [StripesAnonymizer.Describe(), StripesAnonymizer.Describe()] };
        Assert.Contains("'stripes'", Assert.Throws<VeilException>(() => Anonymizer.Create(twice)).Message, StringComparison.Ordinal);
        var detectors = new AnonymizerSettings { Detection = new DetectionSettings { OwnDetectors = [BadgeDetector.Describe() with { Id = "retinaface" }] } };
        Assert.Contains("'retinaface'", Assert.Throws<VeilException>(() => Anonymizer.Create(detectors)).Message, StringComparison.Ordinal);
    }

    /// <summary>The code as a reader would write it: not indented, files by their names alone.</summary>
    private static string AsShown(string code)
    {
        var lines = Named().Replace(code, "$1").TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line)) + "\n";
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    private void Changes(Action snippet)
    {
        Copy(FourPeople, _folder["party.jpg"]);

        snippet();

        using var before = Pixels("party.jpg");
        using var after = Pixels("party-anonymized.jpg");
        Assert.NotEqual(before.Row(FaceY).ToArray(), after.Row(FaceY).ToArray());
    }

    private void Film() => Clip.Make(_folder["dance.mp4"], $"-loop 1 -r 10 -i \"{FourPeople}\" -frames:v 4 -pix_fmt yuv420p");

    private PixelBuffer Pixels(string name)
    {
        using var picture = PictureFile.Open(_folder[name]);
        return picture.TakeFrame(0);
    }

    [GeneratedRegex("""^ *#region (?<name>[a-z-]+)\n(?<code>.*?)^ *#endregion""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex("""^```csharp\n(?<code>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("""At\(("[^"]*")\)""")]
    private static partial Regex Named();
}
