using Veil.Regions;
using Veil.Studio.Films.Previews;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Films;

public sealed class FilmPreviewTests : IDisposable
{
    private const string Uneven = "-f lavfi -i testsrc2=s=192x108:r=25:d=5 -vf setpts='PTS+floor(N/7)*1.7/TB/25' -fps_mode vfr -enc_time_base 1:12800 -video_track_timescale 12800 -pix_fmt yuv420p";

    private static readonly AnonymizerSettings Black = new() { Treatments = [new KindTreatment(RegionKind.Face) { Method = "solid", Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 }] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FfmpegFact]
    public async Task Both_sides_have_every_frame_at_its_time_also_at_an_uneven_rate()
    {
        var film = Clip.Make(_folder["film.mp4"], Uneven);
        var item = Regions(film, frame => new Box(40, 30, 100, 80));
        await using var preview = await ReadyAsync(film, item);
        foreach (var pieces in new[] { preview.Original, preview.Result })
        {
            var whole = Whole(pieces);
            var times = Clip.Times(whole).Select(time => double.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(item.Frames.Count, Clip.DecodedFrames(whole));
            Assert.Equal(item.Frames.Select(frame => Math.Round(frame.Time.TotalSeconds, 4)), times.Select(time => Math.Round(time, 4)));
        }
    }

    [FfmpegFact]
    public async Task Frames_of_the_result_are_covered_where_they_are_to_be_and_the_others_are_not()
    {
        var film = Clip.Make(_folder["film.mp4"], Uneven);
        var item = Regions(film, frame => frame % 2 == 1 ? new Box(40, 30, 100, 80) : null);
        await using var preview = await ReadyAsync(film, item);
        var (before, after) = (Clip.Pixels(Whole(preview.Original), "gray"), Clip.Pixels(Whole(preview.Result), "gray"));
        for (var frame = 0; frame < item.Frames.Count; frame++)
        {
            var (inside, outside) = (Difference(before, after, frame, 70, 55), Difference(before, after, frame, 150, 90));
            Assert.True(outside < 24, $"frame {frame}: {outside} outside");
            Assert.Equal(frame % 2 == 1, Value(after, frame, 70, 55) < 24);
            Assert.True(frame % 2 == 1 || inside < 24, $"frame {frame}: {inside} inside");
        }
    }

    [FfmpegFact]
    public async Task An_edit_renews_the_pieces_that_it_touches_and_undoing_it_finds_the_earlier_ones()
    {
        var film = Clip.Make(_folder["film.mp4"], Uneven);
        var item = Regions(film, frame => new Box(40, 30, 100, 80));
        await using var preview = await ReadyAsync(film, item);
        var before = preview.Result;
        Assert.True(before.Count >= 3);
        var edited = item with { Frames = [.. item.Frames.Select(frame => frame.Index == 60 ? frame with { Regions = [] } : frame)] };
        preview.Show(edited);
        Assert.Equal([PieceState.Ready, PieceState.Stale], preview.Result.Take(2).Select(piece => piece.State));
        await Eventually.TrueAsync(() => preview.Result.All(piece => piece.State == PieceState.Ready));
        Assert.Equal([false, true, false], before.Zip(preview.Result, (was, now) => was.Key != now.Key).Take(3));
        Assert.True(Value(Clip.Pixels(Whole(preview.Result), "gray"), 59, 70, 55) < 24);
        preview.Show(item);
        Assert.Equal(before, preview.Result);
    }

    [FfmpegFact]
    public async Task Pieces_are_kept_from_others_and_used_again_the_next_time()
    {
        var film = Clip.Make(_folder["film.mp4"], Uneven);
        var item = Regions(film, frame => null);
        await using (await ReadyAsync(film, item))
        {
        }

        var files = Directory.GetFiles(_folder["previews"], "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder["previews"], "film")));
        }

        await using var again = Open(film, item);
        Assert.All(again.Original.Concat(again.Result), piece => Assert.Equal(PieceState.Ready, piece.State));
    }

    [FfmpegFact]
    public async Task A_film_that_changed_since_its_regions_were_found_is_refused()
    {
        var film = Clip.Make(_folder["film.mp4"], Uneven);
        var item = Regions(film, frame => null);
        await using var preview = Open(film, item with { Frames = [.. item.Frames, new ReviewedFrame(item.Frames.Count, item.Frames[^1].Time * 2, [])] });
        await Eventually.TrueAsync(() => preview.Problem is not null);
        Assert.Contains("frame", preview.Problem!.Message, StringComparison.Ordinal);
    }

    [FfmpegFact]
    public async Task Leaving_ends_all_work()
    {
        var film = Clip.Make(_folder["film.mp4"], "-f lavfi -i testsrc2=s=640x360:r=25:d=60 -pix_fmt yuv420p -preset ultrafast");
        var times = Clip.Times(film).Count;
        var item = new ReviewedItem(640, 360, [.. Enumerable.Range(0, times).Select(frame => new ReviewedFrame(frame, TimeSpan.FromMilliseconds(40 * frame), []))]);
        var preview = Open(film, item);
        await Eventually.TrueAsync(() => preview.Original.Any(piece => piece.State == PieceState.Ready) || preview.Problem is not null);
        await preview.DisposeAsync();
        Assert.Null(preview.Problem);
        Assert.Contains(preview.Result, piece => piece.State != PieceState.Ready);
    }

    private static ReviewedItem Regions(string film, Func<int, Box?> place)
    {
        var times = Clip.Times(film).Select(time => decimal.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return new ReviewedItem(192, 108, [.. times.Select((time, frame) => new ReviewedFrame(
            frame, TimeSpan.FromTicks((long)((time - times[0]) * TimeSpan.TicksPerSecond)),
            place(frame) is { } box ? [new ReviewedRegion(frame + 1, new Region(box, RegionKind.Face, 1, DrawnFilm.Detector) { Track = 1 }, CoverChoice.Covered)] : []))]);
    }

    private FilmPreview Open(string film, ReviewedItem item) => new(new PieceFiles(_folder["previews"], "film"), film, item, Black);

    private async Task<FilmPreview> ReadyAsync(string film, ReviewedItem item)
    {
        var preview = Open(film, item);
        await Eventually.TrueAsync(() => preview.Problem is not null || preview.Original.Concat(preview.Result).All(piece => piece.State == PieceState.Ready));
        Assert.True(preview.Problem is null, preview.Problem?.Message);
        return preview;
    }

    // The head of every piece but the first is left out, as a browser passes over it.
    private string Whole(IReadOnlyList<PreviewPiece> pieces)
    {
        var path = _folder[Guid.NewGuid().ToString("N") + ".mp4"];
        using var file = File.Create(path);
        foreach (var piece in pieces)
        {
            var bytes = File.ReadAllBytes(new PieceFiles(_folder["previews"], "film").Find(piece.Key!)!);
            var from = piece.First == 0 ? 0 : bytes.AsSpan().IndexOf("moof"u8) - 4;
            file.Write(bytes.AsSpan(from));
        }

        return path;
    }

    private static int Value(byte[] grey, int frame, int x, int y) => grey[(frame * 192 * 108) + (y * 192) + x];

    private static int Difference(byte[] before, byte[] after, int frame, int x, int y) => Math.Abs(Value(before, frame, x, y) - Value(after, frame, x, y));
}
