using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Review;

[Collection(StudioBrowser.Collection)]
public sealed class PictureReviewTests(StudioBrowser browser)
{
    private static readonly Box One = new(100, 120, 200, 250);
    private static readonly Box Two = new(500, 300, 620, 450);

    [BrowserFact]
    public Task A_click_leaves_a_face_clear_and_another_covers_it_and_both_can_be_undone() => OpenAsync(async (project, item, visit, stage) =>
    {
        Assert.False(await stage.ShowsSkinAsync(150, 185));
        await stage.ClickAsync(150, 185);
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "false");
        await stage.ReadyAsync();
        await IsEventuallyAsync(true, () => stage.ShowsSkinAsync(150, 185));
        Assert.Equal(CoverChoice.ClearByHand, (await project.KeptAsync(item))[0].Cover);
        await Expect(visit.Page.GetByText("1 of 2 covered")).ToBeVisibleAsync();

        await visit.Page.Keyboard.PressAsync("Control+z");
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "true");
        await visit.Page.Keyboard.PressAsync("Control+Shift+z");
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "false");
        await stage.ClickAsync(150, 185);
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "true");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: cover" }).ClickAsync();
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Redo: cover" }).ClickAsync();
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "true");
        await stage.ReadyAsync();
        await IsEventuallyAsync(false, () => stage.ShowsSkinAsync(150, 185));
    });

    [BrowserFact]
    public Task Dragging_draws_moves_and_resizes_and_what_was_drawn_can_be_deleted() => OpenAsync(async (project, item, visit, stage) =>
    {
        await stage.DragAsync(300, 100, 400, 220);
        await Expect(stage.Region("Face 3")).ToBeFocusedAsync();
        await IsNearAsync(new Box(300, 100, 400, 220), () => stage.BoxOfAsync("Face 3"));
        await stage.ReadyAsync();

        await stage.DragAsync(350, 160, 330, 400);
        await IsNearAsync(new Box(280, 340, 380, 460), () => stage.BoxOfAsync("Face 3"));

        await stage.DragHandleAsync("se", 420, 500);
        await IsNearAsync(new Box(280, 340, 420, 500), () => stage.BoxOfAsync("Face 3"));
        await stage.DragHandleAsync("n", 300, 310);
        await IsNearAsync(new Box(280, 310, 420, 500), () => stage.BoxOfAsync("Face 3"));

        await stage.DragAsync(340, 400, -900, 400);
        await IsNearAsync(new Box(0, 310, 140, 500), () => stage.BoxOfAsync("Face 3"));

        // What was found can be moved, too; a copy does not stay behind.
        await stage.DragAsync(560, 375, 660, 375);
        await IsNearAsync(new Box(600, 300, 720, 450), () => stage.BoxOfAsync("Face 2"));

        await stage.Region("Face 3").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Delete");
        await Expect(stage.Region("Face 3")).ToHaveCountAsync(0);
        await stage.Region("Face 1").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Delete");
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "false");
        await stage.ReadyAsync();
        var kept = await project.KeptAsync(item);
        Assert.Equal((CoverChoice.ClearByHand, CoverChoice.Covered), (kept[0].Cover, kept[1].Cover));
        Assert.InRange(Distance(new Box(600, 300, 720, 450), kept[1].Region.Box), 0, 2.5f);
    });

    [BrowserFact]
    public Task What_is_drawn_while_zoomed_lands_where_the_pointer_was() => OpenAsync(async (project, item, visit, stage) =>
    {
        var at = await stage.PointAsync(300, 200);
        await visit.Page.Mouse.MoveAsync(at.X, at.Y);
        await stage.AfterMovingAsync(() => visit.Page.Mouse.WheelAsync(0, -700));
        await stage.AfterMovingAsync(() => visit.Page.Keyboard.PressAsync("+"));
        // What the wheel zoomed at stays under the pointer; keys zoom the middle.
        await stage.DragAsync(302, 201, 362, 271);
        await Expect(stage.Region("Face 3")).ToBeFocusedAsync();
        await IsNearAsync(new Box(302, 201, 362, 271), () => stage.BoxOfAsync("Face 3"));

        // The middle button moves the view; then again.
        var middle = await visit.Page.Locator(".surface-stage").BoundingBoxAsync();
        await visit.Page.Mouse.MoveAsync(middle!.X + 100, middle.Y + 300);
        await visit.Page.Mouse.DownAsync(new() { Button = MouseButton.Middle });
        await stage.AfterMovingAsync(() => visit.Page.Mouse.MoveAsync(middle.X + 160, middle.Y + 200));
        await visit.Page.Mouse.UpAsync(new() { Button = MouseButton.Middle });
        await stage.DragAsync(380, 290, 410, 320);
        await Expect(stage.Region("Face 4")).ToBeFocusedAsync();
        await IsNearAsync(new Box(380, 290, 410, 320), () => stage.BoxOfAsync("Face 4"));
        await visit.Page.Keyboard.PressAsync("0");
        Assert.InRange(Distance(new Box(380, 290, 410, 320), (await project.KeptEventuallyAsync(item, 4))[3].Region.Box), 0, 2.5f);
    });

    [BrowserFact]
    public Task The_keyboard_alone_does_everything() => OpenAsync(async (project, item, visit, stage) =>
    {
        var keys = visit.Page.Keyboard;
        await keys.PressAsync("d");
        await Expect(stage.Region("Face 3")).ToBeFocusedAsync();
        var drawn = await stage.BoxOfAsync("Face 3");
        Assert.InRange(drawn.CenterX, 395, 405);
        for (var i = 0; i < 5; i++)
        {
            await keys.PressAsync("Shift+ArrowRight");
        }

        await keys.PressAsync("Control+ArrowDown");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: move or resize" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        await stage.ReadyAsync();
        var moved = (await project.KeptAsync(item))[2].Region.Box;
        Assert.True(moved.Left > drawn.Left + 40 && moved.Top == drawn.Top && moved.Height > drawn.Height, $"{drawn} became {moved}");
        Assert.Equal(drawn.Width, moved.Width, 0.1f);

        // All keystrokes were one step; drawing was another.
        await keys.PressAsync("Control+z");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: draw" })).ToBeVisibleAsync();
        await keys.PressAsync("Control+y");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: move or resize" })).ToBeVisibleAsync();

        await keys.PressAsync("Backspace");
        await Expect(stage.Region("Face 3")).ToHaveCountAsync(0);
        for (var i = 0; i < 40 && !await stage.Region("Face 1").EvaluateAsync<bool>("element => element === document.activeElement"); i++)
        {
            await keys.PressAsync("Tab");
        }

        await Expect(stage.Region("Face 1")).ToBeFocusedAsync();
        await keys.PressAsync("Space");
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "false");
        await keys.PressAsync("Enter");
        await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "true");
    });

    [BrowserFact]
    public Task The_original_is_asked_for_only_when_it_is_wanted() => OpenAsync(async (project, item, visit, stage) =>
    {
        var originals = 0;
        visit.Page.Request += (_, request) => originals += request.Url.Contains("/original", StringComparison.Ordinal) ? 1 : 0;
        await stage.ReadyAsync();
        Assert.Equal(0, originals);
        await visit.Page.Keyboard.DownAsync("o");
        await Expect(visit.Page.Locator("[data-part=original] img")).ToBeVisibleAsync();
        await visit.Page.Keyboard.UpAsync("o");
        await Expect(visit.Page.Locator("[data-part=before]")).ToBeHiddenAsync();
        Assert.Equal(1, originals);

        await visit.Page.Keyboard.PressAsync("c");
        var divider = visit.Page.GetByRole(AriaRole.Slider, new() { Name = "Line between original and result" });
        await divider.PressAsync("End");
        await Expect(divider).ToHaveAttributeAsync("aria-valuenow", "100");
        var stageBox = (await visit.Page.Locator(".surface-stage").BoundingBoxAsync())!;
        await divider.PressAsync("Home");
        await divider.PressAsync("ArrowRight");
        await Expect(divider).ToHaveAttributeAsync("aria-valuenow", "2");
        var line = (await divider.BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(line.X + (line.Width / 2), line.Y + 40);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(stageBox.X + (stageBox.Width / 2), line.Y + 40, new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();
        await Expect(divider).ToHaveAttributeAsync("aria-valuenow", "50");
        await visit.ShotAsync("review-picture-compare");
    });

    [BrowserFact]
    public Task A_result_that_cannot_be_made_is_said_and_no_picture_is_shown() => OpenAsync(async (project, item, visit, stage) =>
    {
        visit.Expecting("status 4");
        visit.Expecting("Failed to load resource");
        await stage.ReadyAsync();
        File.WriteAllText(project.Project.Find(item)!.Path, "no picture any more");
        await stage.ClickAsync(150, 185);
        await Expect(visit.Page.GetByText("The result could not be made, so there is nothing to show")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-part=result] img")).ToBeHiddenAsync();
        await visit.ShotAsync("review-picture-failed");
        await visit.GoAsync(project.ReviewAddress());
        await Expect(visit.Page.GetByText("The result could not be made")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task Two_windows_show_the_same_and_another_search_is_taken_over() => OpenAsync(async (project, item, visit, stage) =>
    {
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync(visit.Page.Url);
        var second = new Stage(other);
        await second.ReadyAsync();
        await second.ClickAsync(560, 375);
        await Expect(stage.Region("Face 2")).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.Page.Keyboard.PressAsync("Control+z");
        await Expect(second.Region("Face 2")).ToHaveAttributeAsync("aria-pressed", "true");
        await other.CloseAsync();

        // Somebody else's work on the same item: what runs in the background may find again.
        await stage.ReadyAsync();
        await project.FindAgainAsync(item, ReviewedProject.Face(1, One));
        await Expect(stage.Region("Face 2")).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Kinds_can_be_said_and_the_list_beside_does_the_same_as_the_picture() => OpenAsync(async (project, item, visit, stage) =>
    {
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Cover Face 2" }).ClickAsync();
        await Expect(stage.Region("Face 2")).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go to Face 2" }).ClickAsync();
        await Expect(stage.Region("Face 2")).ToBeFocusedAsync();
        await visit.Page.GetByLabel("Face 2 shows").SelectOptionAsync("Plate");
        await Expect(stage.Region("Number plate 1")).ToBeVisibleAsync();
        Assert.Equal(RegionKind.Plate, (await project.KeptEventuallyAsync(item, 2, regions => regions[1].Region.Kind == RegionKind.Plate))[1].Region.Kind);
    });

    [BrowserFact]
    public Task Fingers_select_first_then_toggle_and_two_of_them_zoom() => OpenAsync(
        async (project, item, visit, stage) =>
        {
            await stage.ReadyAsync();
            var touch = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
            async Task Touch(string type, params (float X, float Y)[] points) => await touch.SendAsync("Input.dispatchTouchEvent", new()
            {
                ["type"] = type,
                ["touchPoints"] = points.Select((point, id) => new Dictionary<string, object> { ["x"] = point.X, ["y"] = point.Y, ["id"] = id }).ToArray(),
            });
            await touch.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true, ["maxTouchPoints"] = 5 });
            var face = await stage.PointAsync(150, 185);
            await Touch("touchStart", face);
            await Touch("touchEnd");
            await Expect(stage.Region("Face 1")).ToBeFocusedAsync();
            await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "true");
            await Touch("touchStart", face);
            await Touch("touchEnd");
            await Expect(stage.Region("Face 1")).ToHaveAttributeAsync("aria-pressed", "false");

            var before = await visit.Page.Locator("[data-part=scale]").TextContentAsync();
            var middle = await stage.PointAsync(400, 300);
            await Touch("touchStart", (middle.X - 30, middle.Y), (middle.X + 30, middle.Y));
            for (var away = 40; away <= 90; away += 10)
            {
                await Touch("touchMove", (middle.X - away, middle.Y), (middle.X + away, middle.Y));
            }

            await Touch("touchEnd");
            await Expect(visit.Page.Locator("[data-part=scale]")).Not.ToHaveTextAsync(before!);
            Assert.Equal(2, (await project.KeptAsync(item)).Count);
        },
        VisitSettings.Narrow);

    [BrowserTheory]
    [InlineData("wide-light", 1280, ColorScheme.Light, "en-GB")]
    [InlineData("wide-dark", 1280, ColorScheme.Dark, "de-DE")]
    [InlineData("narrow-light", 420, ColorScheme.Light, "de-DE")]
    [InlineData("narrow-dark", 360, ColorScheme.Dark, "en-GB")]
    public Task It_fits_the_window(string name, int width, ColorScheme colours, string locale) => browser.VisitAsync(
        async visit =>
        {
            var project = ReviewedProject.Create(visit);
            var item = await People.AddGroupAsync(project);
            await visit.GoAsync(project.ReviewAddress(item));
            var stage = new Stage(visit.Page);
            await stage.ReadyAsync();
            await visit.Page.Locator(".surface-overlay [data-id]").Nth(1).FocusAsync();
            await visit.Page.Keyboard.PressAsync("Space");
            await visit.Page.Locator(".surface-overlay [data-id]").Nth(3).FocusAsync();
            await Expect(visit.Page.GetByText(locale == "en-GB" ? "Saved" : "Gespeichert", new() { Exact = true })).ToBeVisibleAsync();
            await stage.ReadyAsync();
            await visit.FitsAsync();
            await visit.ShotAsync("review-picture-" + name);
        },
        VisitSettings.Of(width, colours, locale));

    private static Task IsNearAsync(Box expected, Func<Task<Box>> read) => IsEventuallyAsync(expected, async () =>
    {
        var actual = await read();
        return Distance(expected, actual) < 2.5f ? expected : actual;
    });

    private static float Distance(Box one, Box other) =>
        Math.Max(Math.Max(Math.Abs(one.Left - other.Left), Math.Abs(one.Top - other.Top)), Math.Max(Math.Abs(one.Right - other.Right), Math.Abs(one.Bottom - other.Bottom)));

    private static async Task IsEventuallyAsync<T>(T expected, Func<Task<T>> read)
    {
        for (var until = Environment.TickCount64 + (long)Eventually.Patience.TotalMilliseconds; ; await Task.Delay(20))
        {
            var actual = await read();
            if (EqualityComparer<T>.Default.Equals(expected, actual) || Environment.TickCount64 > until)
            {
                Assert.Equal(expected, actual);
                return;
            }
        }
    }

    private Task OpenAsync(Func<ReviewedProject, string, StudioVisit, Stage, Task> test, VisitSettings? settings = null) => browser.VisitAsync(
        async visit =>
        {
            var project = ReviewedProject.Create(visit);
            var item = await project.AddAsync("beach.png", ReviewedProject.Face(1, One), ReviewedProject.Face(2, Two));
            await visit.GoAsync(project.ReviewAddress(item));
            var stage = new Stage(visit.Page);
            await stage.ReadyAsync();
            await test(project, item, visit, stage);
        },
        settings);
}
