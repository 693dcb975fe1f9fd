using Microsoft.Extensions.DependencyInjection;
using Veil.Imaging;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Journeys;

/// <summary>The whole way of somebody who has never used a terminal: hide everyone but yourself in a folder of photos and a clip, and check the result.</summary>
[Collection(StudioBrowser.Collection)]
public sealed class HolidayTests(StudioBrowser browser)
{
    [HolidayFact]
    public Task Everyone_but_you_is_hidden_in_photos_and_a_clip() => browser.VisitAsync(async visit =>
    {
        // A frame of the film that nobody waits for any more, now that it can be played.
        visit.Expecting("ERR_ABORTED");
        var originals = Holiday.Make(Directory.CreateDirectory(visit.Folder["holiday"]).FullName);
        await visit.GoAsync("/");
        await visit.ShotAsync("journey-1-start", ShotArea.Window);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" })).ToBeEnabledAsync();
        await visit.Page.Locator("input[type=file]:not([webkitdirectory])").SetInputFilesAsync(originals);
        await visit.Page.WaitForURLAsync("**/choose");
        await Expect(visit.Page.Locator(".before-after .after")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".method-picture img").Nth(3)).ToBeVisibleAsync();
        await visit.ShotAsync("journey-2-choose", ShotArea.Window);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look for the people" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Switch, new() { Name = "Keep visible (person 1)" }).CheckAsync();
        await Expect(visit.Page.Locator(".person.kept")).ToHaveCountAsync(1);
        await visit.Page.GetByText("People to keep visible").EvaluateAsync("heading => { heading.scrollIntoView(); window.scrollBy(0, -100); }");
        await UntilAsync(visit, "[...document.querySelectorAll('.person')].slice(0, 4).every(person => [...person.querySelectorAll('img')].every(face => face.offsetParent === null || face.naturalWidth > 0))");
        await visit.ShotAsync("journey-3-yourself", ShotArea.Window);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find and cover" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/run");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Ready to export" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Review", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/review");
        await UntilAsync(visit, "document.images.length >= 7 && [...document.images].every(result => result.naturalWidth > 0)");
        await visit.ShotAsync("journey-4-review", ShotArea.Window);

        await visit.Page.GetByText("01-lake.jpg").ClickAsync();
        await visit.Page.WaitForURLAsync("**/review/*");
        await Expect(visit.Page.GetByText("clear, because this person is to stay visible")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Updating the result")).ToBeHiddenAsync();
        await visit.ShotAsync("journey-5-picture", ShotArea.Window);
        await visit.GoAsync($"/projects/{Only(visit).Id}/review");
        await visit.Page.GetByText("07-walk.mp4").ClickAsync();
        await visit.Page.WaitForURLAsync("**/review/*");
        await Expect(visit.Page.Locator("[data-film][data-exact='true']")).ToBeAttachedAsync();
        await Expect(visit.Page.GetByText("Previews for playing")).ToHaveCountAsync(0);
        await visit.Page.Locator("[data-film]").EvaluateAsync("stage => { stage.scrollIntoView(); window.scrollBy(0, -70); }");
        await visit.ShotAsync("journey-6-film", ShotArea.Window);

        await visit.GoAsync($"/projects/{Only(visit).Id}/run");
        await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder", new() { Exact = true }), visit.Folder["safe"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Export results ({originals.Count})" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Done" })).ToBeVisibleAsync();
        await visit.ShotAsync("journey-7-done", ShotArea.Window);

        Assert.Equal(originals.Select(Path.GetFileName), Directory.EnumerateFiles(visit.Folder["safe"], "0*").Order(StringComparer.Ordinal).Select(Path.GetFileName));
        AssertCovered(visit.Folder["safe/01-lake.jpg"], originals[0], [false, true, true]);
        AssertCovered(visit.Folder["safe/04-evening.jpg"], originals[3], [true, true, true]);
    });

    /// <summary>Asks the page until it says yes: its policy forbids Playwright's own way of waiting.</summary>
    private static async Task UntilAsync(StudioVisit visit, string condition)
    {
        for (var until = Environment.TickCount64 + (long)Eventually.Patience.TotalMilliseconds; !await visit.Page.EvaluateAsync<bool>(condition); await Task.Delay(50))
        {
            Assert.True(Environment.TickCount64 < until, "Never came to hold: " + condition);
        }
    }

    private static Project Only(StudioVisit visit) => Assert.Single(visit.Server.Services.GetRequiredService<IProjects>().All);

    /// <summary>Whether the middles of the portraits that stand beside each other changed.</summary>
    private static void AssertCovered(string result, string original, bool[] covered)
    {
        using var after = PictureFile.Open(result);
        using var before = PictureFile.Open(original);
        using var afterPixels = after.TakeFrame(0);
        using var beforePixels = before.TakeFrame(0);
        var side = beforePixels.Width / covered.Length;
        Assert.Equal(covered, covered.Select((_, index) => Difference(beforePixels, afterPixels, (index * side) + (side / 2), beforePixels.Height / 2) > 8));
    }

    private static double Difference(PixelBuffer before, PixelBuffer after, int x, int y)
    {
        const int half = 40;
        var sum = 0.0;
        for (var row = y - half; row < y + half; row++)
        {
            var one = before.Row(row);
            var other = after.Row(row);
            for (var at = 3 * (x - half); at < 3 * (x + half); at++)
            {
                sum += Math.Abs(one[at] - other[at]);
            }
        }

        return sum / (12.0 * half * half);
    }
}
