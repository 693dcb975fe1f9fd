using System.Diagnostics;
using System.Globalization;
using Veil.Regions;
using Veil.Studio.Films.Previews;
using Veil.Studio.Projects;
using Xunit.Abstractions;

namespace Veil.Studio.Tests.Films;

/// <summary>How long it takes until something plays; the figures go into docs/film-review.md, no test depends on them.</summary>
public sealed class FilmPreviewSpeedTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DataFact("video/faces-1080p.mp4")]
    public async Task The_first_piece_plays_before_the_last_is_made()
    {
        var film = SharedData.Path("video/faces-1080p.mp4");
        var plain = Stopwatch.StartNew();
        Clip.Make(_folder["plain.mp4"], $"-i \"{film}\" -an -vf scale=1280:-2 -c:v libx264 -preset veryfast -crf 24 -pix_fmt yuv420p");
        plain.Stop();

        var frames = Clip.Times(film).Select((time, frame) => new ReviewedFrame(
            frame, TimeSpan.FromSeconds(double.Parse(time, CultureInfo.InvariantCulture)),
            [new ReviewedRegion(frame + 1, new Region(Box.FromSize(500 + frame, 200, 300, 380), RegionKind.Face, 1, DrawnFilm.Detector) { Track = 1 }, CoverChoice.Covered)])).ToList();
        var (clock, original, result) = (Stopwatch.StartNew(), TimeSpan.Zero, TimeSpan.Zero);
        await using var preview = new FilmPreview(new PieceFiles(_folder["previews"], "film"), film, new ReviewedItem(1920, 1080, frames), new AnonymizerSettings());
        preview.Changed += () =>
        {
            original = original == TimeSpan.Zero && preview.Original[0].State == PieceState.Ready ? clock.Elapsed : original;
            result = result == TimeSpan.Zero && preview.Result[0].State == PieceState.Ready ? clock.Elapsed : result;
        };
        await Eventually.TrueAsync(() => preview.Problem is not null || preview.Original.Concat(preview.Result).All(piece => piece.State == PieceState.Ready));
        Assert.Null(preview.Problem);
        Assert.True(result > TimeSpan.Zero && result <= clock.Elapsed);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"plain ffmpeg {plain.Elapsed.TotalSeconds:0.00} s; the original plays after {original / plain.Elapsed:0.00} of that, the result after {result / plain.Elapsed:0.00}, both are whole after {clock.Elapsed / plain.Elapsed:0.00}"));
    }
}
