using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Live.Recordings;
using Veil.Video.Files;

namespace Veil.Studio.Browser.Tests.Live;

/// <summary>Recordings whose window breaks off, whose disk fills, and what is left of them.</summary>
[Collection(CameraBrowser.Collection)]
public sealed class LiveRecordingTests(CameraBrowser browser)
{
    private static readonly VisitSettings Wide = new() { Permissions = ["camera"] };

    [CameraFact]
    public Task A_recording_survives_the_window_that_made_it() => browser.VisitAsync(
        async visit =>
        {
            var recordings = visit.Server.Services.GetRequiredService<LiveRecordings>();
            await RecordAsync(visit, parts: 4);
            Assert.Empty(recordings.List());
            var other = await visit.Page.Context.NewPageAsync();
            await visit.Page.CloseAsync(new() { RunBeforeUnload = false });
            await Eventually.TrueAsync(() => recordings.List().Count == 1);

            await other.GotoAsync(new Uri(visit.Server.Address, "/live").ToString());
            await Expect(other.GetByText("1 recording is not saved yet.")).ToBeVisibleAsync();
            var film = await other.RunAndWaitForDownloadAsync(() => other.GetByRole(AriaRole.Link, new() { Name = "Save" }).ClickAsync());
            await film.SaveAsAsync(visit.Folder["film" + Path.GetExtension(film.SuggestedFilename)]);
            await AssertFilmAsync(visit.Folder["film" + Path.GetExtension(film.SuggestedFilename)], atLeast: 1);
            await Expect(other.GetByText("among your downloads; this copy goes with the next recording")).ToBeVisibleAsync();
            await Expect(other.GetByText("is not saved yet")).ToHaveCountAsync(0);

            // What was handed over is deleted without a question, with the keyboard.
            await other.GetByRole(AriaRole.Button, new() { Name = "Delete" }).PressAsync("Enter");
            await Eventually.TrueAsync(() => recordings.List().Count == 0);
            await Expect(other.Locator(".live-kept")).ToBeHiddenAsync();
        },
        Wide);

    [CameraTheory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public Task A_full_disk_is_told_and_what_was_recorded_is_kept_until_it_is_deleted(string locale) => browser.VisitAsync(
        async visit =>
        {
            var words = locale == "de-DE"
                ? (Record: "Aufnehmen", Stopped: "Die Aufnahme wurde beendet", Delete: "Löschen", Keep: "Behalten", Gone: "Endgültig löschen")
                : (Record: "Record", Stopped: "Recording was stopped", Delete: "Delete", Keep: "Keep it", Gone: "Delete for good");
            var recordings = visit.Server.Services.GetRequiredService<LiveRecordings>();
            var axe = new Accessibility.Axe(visit.Kind, visit.Page);
            await RecordAsync(visit, parts: 3, words.Record);
            recordings.LeastFree = long.MaxValue;
            await Expect(visit.Page.GetByRole(AriaRole.Alert).GetByText(words.Stopped)).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".live-recording")).ToHaveCountAsync(0);
            await Eventually.TrueAsync(() => recordings.List().Count == 1);
            await Expect(visit.Page.Locator(".live-kept li")).ToHaveCountAsync(1);
            await visit.FitsAsync();
            await axe.LookAsync("live, with a recording");
            axe.AssertNothingFound();
            await visit.ShotAsync("live-recording-kept-" + locale[..2]);

            // Handed to the browser by itself; made unsaved once more, as if the window had broken off, it is deleted only after a question.
            await Eventually.TrueAsync(() => recordings.List() is [{ State: RecordingState.HandedOver }]);
            var kept = Directory.GetFiles(visit.Folder["data/recordings"]).Single();
            File.Move(kept, kept.Replace(".handed-over", "", StringComparison.Ordinal));
            await visit.Page.ReloadAsync();
            await visit.ReadyAsync();
            var delete = visit.Page.Locator(".live-kept").GetByRole(AriaRole.Button, new() { Name = words.Delete });
            await delete.PressAsync("Enter");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = words.Keep }).PressAsync("Enter");
            await Expect(visit.Page.Locator("dialog.modal")).ToBeHiddenAsync();
            await Expect(visit.Page.Locator(".live-kept li")).ToHaveCountAsync(1);
            await delete.PressAsync("Enter");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = words.Gone }).PressAsync("Enter");
            await Expect(visit.Page.Locator(".live-kept")).ToBeHiddenAsync();
            Assert.Empty(recordings.List());
        },
        Wide with { Locale = locale, Width = locale == "de-DE" ? 420 : 1280 });

    /// <summary>Records until the studio's file has grown some times: seconds on the page's clock say nothing about what was coded and sent.</summary>
    private static async Task RecordAsync(StudioVisit visit, int parts, string record = "Record")
    {
        await visit.GoAsync("/live");
        await visit.Page.Locator("main button.primary").ClickAsync();
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('canvas').veilLive.pictures > 5");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = record, Exact = true }).ClickAsync();
        for (var (part, size) = (0, 0L); part < parts; part++)
        {
            await Eventually.TrueAsync(() => SizeOf(visit) > size);
            size = SizeOf(visit);
        }
    }

    private static long SizeOf(StudioVisit visit) => Directory.Exists(visit.Folder["data/recordings"]) ? Directory.GetFiles(visit.Folder["data/recordings"]).Sum(file => new FileInfo(file).Length) : 0;

    /// <summary>It opens, shows nobody, says how long it is, and can be jumped into.</summary>
    private async Task AssertFilmAsync(string file, double atLeast)
    {
        var frames = await CameraBrowser.DetailsAsync(file);
        Assert.True(frames.Count >= 5, $"the film has {frames.Count} frames");
        Assert.All(frames, detail => Assert.True(detail < browser.Clear * 0.45, $"the face shows: detail {detail}"));
        var length = VideoFacts.Read(file, CancellationToken.None).Duration;
        Assert.True(length.TotalSeconds >= atLeast, $"the film says that it is {length} long");
        Assert.InRange((await CameraBrowser.DetailsAsync(file, length / 2)).Count, 1, frames.Count - 1);

        // In one piece, with an index: in parts alone a player would have to read all of it first.
        Assert.DoesNotContain("moof", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
    }
}
