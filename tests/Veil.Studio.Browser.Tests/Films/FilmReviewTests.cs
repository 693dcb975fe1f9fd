using System.Globalization;
using Veil.Regions;
using Veil.Studio.Projects;
using Clip = Veil.Testing.Clip;

namespace Veil.Studio.Browser.Tests.Films;

[Collection(StudioBrowser.Collection)]
public sealed class FilmReviewTests(StudioBrowser browser)
{
    private static readonly string[] Sides = ["Before", "After"];

    // On both sides of what lasts longer, of a piece's end and of its frames that stand alone.
    private static readonly int[] Shown = [0, 1, 6, 7, 8, 47, 48, 49, 13, 95, 99];

    [BrowserFact]
    public Task Tracks_are_corrected_and_the_export_does_what_was_seen() => browser.VisitAsync(async visit =>
    {
        var film = await ReviewedFilm.CreateAsync(visit);
        var page = visit.Page;
        await OpenAsync(visit, film);

        // The second half of the wanderer is left clear: seek by keys, split, toggle.
        await page.Locator("[data-row='1'] .film-track-name").ClickAsync();
        await SeekAsync(page, 50);
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
        await page.Locator("[data-row='3'] .film-eye").ClickAsync();
        await film.KeptEventuallyAsync(item => !IsCovered(item, 60, 3) && IsCovered(item, 40, 1));

        // Undone and done again.
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await film.KeptEventuallyAsync(item => IsCovered(item, 60, 3));
        await page.GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await film.KeptEventuallyAsync(item => !IsCovered(item, 60, 3));

        // The one that stays is found up to frame 60 and goes on to 80.
        await page.Locator("[data-row='2'] .film-track-name").ClickAsync();
        await SeekAsync(page, 80);
        await page.GetByRole(AriaRole.Button, new() { Name = "Extend to here" }).ClickAsync();
        await film.KeptEventuallyAsync(item => IsCovered(item, 80, 2));

        // A keyframe: its box is dragged down at frame 30.
        await SeekAsync(page, 30);
        await DragAsync(page, ReviewedFilm.Stayer.CenterX, ReviewedFilm.Stayer.CenterY, ReviewedFilm.Stayer.CenterX, ReviewedFilm.Stayer.CenterY + 120);
        await film.KeptEventuallyAsync(item => item.Frames[30].Regions.Any(region => region.Region is { Track: 2, Origin.Source: RegionSource.Hand } && region.Region.Box.Top > 120));
        await visit.ShotAsync("film-edited");

        var before = Clip.Pixels(visit.Folder["film.mp4"], "gray");
        var after = Clip.Pixels(await film.ExportAsync(visit.Folder["out"]), "gray");
        Assert.True(IsBlack(after, 40, ReviewedFilm.Wanderer(40)), "frame 40 is covered");
        Assert.False(IsBlack(after, 60, ReviewedFilm.Wanderer(60)), "frame 60 was left clear");
        Assert.True(Value(before, 60, ReviewedFilm.Wanderer(60)) > 200);
        Assert.True(IsBlack(after, 25, ReviewedFilm.Stayer), "frame 25 is covered");
        Assert.True(IsBlack(after, 75, ReviewedFilm.Stayer), "frame 75 is covered by the extension");
        Assert.False(IsBlack(after, 30, ReviewedFilm.Stayer), "frame 30 was moved");
        Assert.True(IsBlack(after, 30, ReviewedFilm.Stayer.Offset(0, 120)), "frame 30 is covered where the box was moved to");
    });

    [BrowserFact]
    public Task Where_the_browser_cannot_play_it_says_so_and_shows_exact_frames() => browser.VisitAsync(async visit =>
    {
        await visit.Page.AddInitScriptAsync("MediaSource.isTypeSupported = () => false;");
        var film = await ReviewedFilm.CreateAsync(visit);
        await OpenAsync(visit, film);
        await Expect(visit.Page.GetByText("This browser cannot play the preview")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Play or pause", Exact = true })).ToBeDisabledAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await Expect(visit.Page.Locator("[data-film][data-playing]")).ToHaveCountAsync(0);
        foreach (var side in Sides)
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = side, Exact = true }).ClickAsync();
            await SeekAsync(visit.Page, 40);
            await Expect(visit.Page.Locator("[data-film][data-still][data-exact=true]")).ToBeAttachedAsync();
        }

        await visit.ShotAsync("film-unplayable");
    });

    [BrowserFact]
    public Task It_plays_and_shows_exactly_the_frame_that_is_asked_for() => browser.VisitAsync(async visit =>
    {
        // Each frame has a brightness of its own, and stays for a time of its own.
        var path = Clip.Make(visit.Folder["steps.mp4"], "-f lavfi -i color=black:s=160x90:r=25:d=4 -vf geq=lum='30+2*N':cb=128:cr=128,setpts='PTS+floor(N/7)*1.7/TB/25' -fps_mode vfr -enc_time_base 1:12800 -video_track_timescale 12800 -pix_fmt yuv420p -crf 8");
        var times = Clip.Times(path).Select(time => TimeSpan.FromTicks((long)(decimal.Parse(time, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond))).ToList();
        var film = await ReviewedFilm.CreateAsync(visit, path, 160, 90, [.. times.Select((time, frame) => new ReviewedFrame(frame, time - times[0], []))]);
        await OpenAsync(visit, film);
        foreach (var side in Sides)
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = side, Exact = true }).ClickAsync();
            foreach (var frame in Shown)
            {
                await SeekAsync(visit.Page, frame);
                var shown = await visit.Page.EvaluateAsync<double>(
                    """
                    () => {
                      const root = document.querySelector('[data-film]');
                      const shown = root.hasAttribute('data-still') ? root.querySelector('[data-still]') : root.querySelector(`video[data-${root.dataset.side}]`);
                      const canvas = new OffscreenCanvas(160, 90).getContext('2d');
                      canvas.drawImage(shown, 0, 0, 160, 90);
                      return canvas.getImageData(80, 45, 1, 1).data[1];
                    }
                    """);
                // From limited to full range.
                Assert.InRange(shown, ((30 + (2 * frame) - 16) * 255 / 219.0) - 1.6, ((30 + (2 * frame) - 16) * 255 / 219.0) + 1.6);
            }
        }

        await SeekAsync(visit.Page, 10);
        await visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Speed" }).SelectOptionAsync("2");
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Play or pause" }).ClickAsync();
        await Expect(visit.Page.Locator("[data-film]:not([data-playing])[data-frame='99']")).ToBeAttachedAsync();
    });

    [BrowserFact]
    public Task Somebody_who_was_missed_is_drawn_and_keys_go_from_doubt_to_doubt() => browser.VisitAsync(
        async visit =>
        {
            var film = await ReviewedFilm.CreateAsync(visit);
            var page = visit.Page;
            await OpenAsync(visit, film);
            await page.Keyboard.PressAsync("k");
            await Expect(page.Locator("[data-film][data-frame='20']")).ToBeAttachedAsync();
            await page.Keyboard.PressAsync("k");
            await Expect(page.Locator("[data-film][data-frame='60']")).ToBeAttachedAsync();
            await page.Keyboard.PressAsync("j");
            await Expect(page.Locator("[data-film][data-frame='20']")).ToBeAttachedAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
            await DragAsync(page, 40, 190, 120, 250);
            await Expect(page.Locator("[data-row='3']")).ToBeAttachedAsync();
            await film.KeptEventuallyAsync(item => item.Frames[20].Regions.Any(region => region.Region is { Track: 3, Origin.Source: RegionSource.Hand } drawn && drawn.Box.Width > 60) && IsCovered(item, 60, 3));
            await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
            await visit.ShotAsync("film-narrow");
        },
        VisitSettings.Narrow);

    [BrowserFact]
    public Task It_can_be_looked_at_in_the_dark_and_in_German() => browser.VisitAsync(
        async visit =>
        {
            var film = await ReviewedFilm.CreateAsync(visit);
            await OpenAsync(visit, film);
            await visit.Page.Locator("[data-row='2'] .film-track-name").ClickAsync();
            await SeekAsync(visit.Page, 30);
            await Expect(visit.Page.GetByText("Bis hierher fortsetzen")).ToBeVisibleAsync();
            await visit.ShotAsync("film-dark");
        },
        VisitSettings.Dark with { Locale = "de-DE" });

    private static async Task OpenAsync(StudioVisit visit, ReviewedFilm film)
    {
        await visit.GoAsync(film.Address);
        await Expect(visit.Page.Locator("[data-film][data-exact='true']")).ToBeAttachedAsync();
    }

    /// <summary>As a user would, by the timeline's keys; here by the page's own player, for the way there does not matter.</summary>
    private static async Task SeekAsync(IPage page, int frame)
    {
        var now = int.Parse((await page.Locator("[data-film]").GetAttributeAsync("data-frame"))!, CultureInfo.InvariantCulture);
        var second = 25;
        while (Math.Abs(frame - now) > second)
        {
            await page.Keyboard.PressAsync(frame > now ? "Shift+ArrowRight" : "Shift+ArrowLeft");
            now = int.Parse((await page.Locator("[data-film]").GetAttributeAsync("data-frame"))!, CultureInfo.InvariantCulture);
        }

        for (; now != frame; now += Math.Sign(frame - now))
        {
            await page.Keyboard.PressAsync(frame > now ? "ArrowRight" : "ArrowLeft");
        }

        await Expect(page.Locator($"[data-film][data-frame='{frame}'][data-exact='true']")).ToBeAttachedAsync();

        // The server's buttons follow a moment later.
        await Expect(page.Locator($"[data-film][data-at='{frame}']")).ToBeAttachedAsync();
    }

    private static async Task DragAsync(IPage page, float fromX, float fromY, float toX, float toY)
    {
        var canvas = page.Locator("[data-overlay]");
        await canvas.ScrollIntoViewIfNeededAsync();
        var bounds = (await canvas.BoundingBoxAsync())!;
        var scale = bounds.Width / ReviewedFilm.Width;
        await page.Mouse.MoveAsync(bounds.X + (fromX * scale), bounds.Y + (fromY * scale));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(bounds.X + ((fromX + toX) / 2 * scale), bounds.Y + ((fromY + toY) / 2 * scale));
        await page.Mouse.MoveAsync(bounds.X + (toX * scale), bounds.Y + (toY * scale));
        await page.Mouse.UpAsync();
    }

    private static bool IsCovered(ReviewedItem item, int frame, int track) => item.Frames[frame].Regions.Any(region => region.Region.Track == track && region.IsCovered);

    private static int Value(byte[] grey, int frame, Box at) => grey[(frame * ReviewedFilm.Width * ReviewedFilm.Height) + ((int)at.CenterY * ReviewedFilm.Width) + (int)at.CenterX];

    private static bool IsBlack(byte[] grey, int frame, Box at) => Value(grey, frame, at) < 24;
}
