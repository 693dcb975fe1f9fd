using Microsoft.Extensions.DependencyInjection;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Live;

namespace Veil.Studio.Browser.Tests.Live;

[Collection(CameraBrowser.Collection)]
public sealed class LivePageTests(CameraBrowser browser)
{
    // After every drawing onto a canvas of the page: how much detail there is where the face is. A canvas outside of the page is another class.
    private const string Watch = """
        window.seen = [];
        const draw = CanvasRenderingContext2D.prototype.drawImage;
        CanvasRenderingContext2D.prototype.drawImage = function (...values) {
          draw.apply(this, values);
          const { width, height } = this.canvas;
          const [left, top] = [Math.round(0.455 * width), Math.round(0.40 * height)];
          const { data } = this.getImageData(left, top, Math.round(0.545 * width) - left, Math.round(0.62 * height) - top);
          let [sum, squares, count] = [0, 0, 0];
          for (let at = 0; at < data.length; at += 4) {
            const grey = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
            sum += grey; squares += grey * grey; count++;
          }
          const [red, green, blue] = this.getImageData(4, 4, 1, 1).data;
          window.seen.push({ detail: Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)), grey: Math.abs(red - 128) + Math.abs(green - 128) + Math.abs(blue - 128) < 12 });
        };
        """;

    private static readonly VisitSettings Wide = new() { Permissions = ["camera"] };

    // A veil keeps the face's light, so that a tenth of its detail stays; of the clear face all of it.
    private double Limit => browser.Clear * 0.45;

    [CameraFact]
    public Task The_camera_is_shown_covered_recorded_covered_and_stopped() => browser.VisitAsync(
        async visit =>
        {
            var rooms = await StartAsync(visit);
            await visit.Page.WaitForFunctionAsync("() => window.seen.filter(one => !one.grey).length >= 30");
            await Expect(visit.Page.Locator("video")).ToHaveCountAsync(0);
            await Expect(visit.Page.GetByText("Everybody who is found is covered.")).ToBeVisibleAsync();
            await visit.ShotAsync("live-wide-light");

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
            await Expect(visit.Page.Locator(".live-recording")).ToContainTextAsync("00:02");
            await AssertFilmCoveredAsync(await Saved.AfterAsync(visit, () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop and save" }).ClickAsync()));

            var picture = await Saved.AfterAsync(visit, () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Take a picture" }).ClickAsync());
            Assert.EndsWith(".png", picture, StringComparison.Ordinal);
            AssertCovered((await CameraBrowser.DetailsAsync(picture)).Single());

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the camera" }).ClickAsync();
            await Eventually.TrueAsync(() => rooms.Served == 0);
            await Expect(visit.Page.Locator(".live-veil")).ToBeVisibleAsync();
            await AssertNeverClearAsync(visit);
        },
        Wide);

    [CameraFact]
    public Task While_the_studio_is_too_slow_pictures_are_grey_and_never_clear() => browser.VisitAsync(
        async visit =>
        {
            var rooms = await StartAsync(visit, rooms =>
            {
                var inner = rooms.Prepare;
                rooms.Prepare = (choice, cancel) =>
                {
                    var (treatment, warnings) = inner(choice, cancel);
                    return (treatment with { CreateProvider = () => new Slow(treatment.CreateProvider()) }, warnings);
                };
            });
            await visit.Page.GetByLabel("Delay").SelectOptionAsync("Short");
            await visit.Page.WaitForFunctionAsync("() => window.seen.filter(one => one.grey).length >= 40");
            await Expect(visit.Page.GetByText("This machine is too slow for these choices").First).ToBeVisibleAsync();
            await AssertNeverClearAsync(visit);

            // Leaving the page ends camera and session, whatever they are at.
            await visit.Page.Locator("a.brand").ClickAsync();
            await Eventually.TrueAsync(() => rooms.Served == 0);
        },
        Wide);

    [CameraFact]
    public Task Choices_are_changed_while_the_camera_runs() => browser.VisitAsync(
        async visit =>
        {
            await StartAsync(visit);
            await visit.Page.WaitForFunctionAsync("() => window.seen.some(one => !one.grey)");
            await visit.Page.GetByLabel("Method").SelectOptionAsync("pixelate");
            await Expect(visit.Page.GetByLabel("Strength")).ToBeVisibleAsync();
            await visit.Page.GetByLabel("Method").SelectOptionAsync("solid");
            await visit.Page.GetByLabel("Shape", new() { Exact = true }).SelectOptionAsync("classic");
            await visit.Page.WaitForFunctionAsync("() => { const c = document.querySelector('canvas'); return Math.abs(c.width / c.height - 4 / 3) < 0.01; }");
            await visit.Page.EvaluateAsync("() => { window.seen.length = 0; }");
            await visit.Page.WaitForFunctionAsync("() => window.seen.filter(one => !one.grey && one.detail < 6).length >= 5");
            await AssertNeverClearAsync(visit);
            await visit.ShotAsync("live-narrow-dark");
        },
        Wide with { Width = 420, Height = 900, Colours = ColorScheme.Dark });

    [CameraFact]
    public Task A_camera_is_stopped_and_started_again_and_again() => browser.VisitAsync(
        async visit =>
        {
            var rooms = await StartAsync(visit);
            var (start, stop) = (visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }), visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the camera" }));
            for (var cycle = 0; cycle < 10; cycle++)
            {
                await stop.ClickAsync();
                await start.ClickAsync();
            }

            await visit.Page.EvaluateAsync("() => { window.seen.length = 0; }");
            await visit.Page.WaitForFunctionAsync("() => window.seen.some(one => !one.grey)");
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
            Assert.Equal(1, rooms.Served);
            await AssertNeverClearAsync(visit);
        },
        Wide);

    [CameraFact]
    public Task One_of_several_cameras_is_chosen_and_forgotten_when_it_is_pulled_out() => browser.VisitAsync(
        async visit =>
        {
            // The browser has one camera alone: another is made up from it.
            await visit.Page.AddInitScriptAsync("""
                // An empty page has none in Firefox.
                const mediaDevices = navigator.mediaDevices ?? { enumerateDevices() {}, getUserMedia() {} };
                const [list, open] = [mediaDevices.enumerateDevices.bind(mediaDevices), mediaDevices.getUserMedia.bind(mediaDevices)];
                window.plugged = true;
                window.asked = [];
                mediaDevices.enumerateDevices = async () => [...await list(), ...window.plugged ? [{ kind: 'videoinput', deviceId: 'other', label: 'Camera on the door' }] : []];
                mediaDevices.getUserMedia = wanted => {
                  window.asked.push(wanted.video.deviceId?.exact ?? '');
                  return open({ ...wanted, video: { ...wanted.video, deviceId: undefined } });
                };
                """);
            await StartAsync(visit);
            var cameras = visit.Page.GetByLabel("Camera", new() { Exact = true });
            await cameras.SelectOptionAsync(new SelectOptionValue { Label = "Camera on the door" });
            await visit.Page.WaitForFunctionAsync("() => window.asked.at(-1) === 'other'");
            await visit.Page.EvaluateAsync("() => { window.plugged = false; navigator.mediaDevices.dispatchEvent(new Event('devicechange')); }");
            await Expect(cameras).ToHaveValueAsync("");
            await Expect(cameras.Locator("option", new() { HasText = "door" })).ToHaveCountAsync(0);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the camera" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }).ClickAsync();
            await visit.Page.WaitForFunctionAsync("() => window.asked.at(-1) === ''");
            await AssertNeverClearAsync(visit);
        },
        Wide);

    [CameraFact]
    public Task A_third_camera_is_told_that_two_are_running() => browser.VisitAsync(
        async visit =>
        {
            var rooms = visit.Server.Services.GetRequiredService<LiveRooms>();
            Assert.True(rooms.TryEnter() && rooms.TryEnter());
            await StartAsync(visit);
            await Expect(visit.Page.GetByText("Two cameras are running already")).ToBeVisibleAsync();
            rooms.Leave();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }).ClickAsync();
            await visit.Page.WaitForFunctionAsync("() => window.seen.length > 0");
            await Expect(visit.Page.GetByText("Two cameras are running already")).ToHaveCountAsync(0);
        },
        Wide);

    [CameraTheory]
    [InlineData("NotAllowedError", "The camera may not be used")]
    [InlineData("NotFoundError", "There is no camera")]
    [InlineData("NotReadableError", "The camera is in use")]
    public Task Why_there_is_no_picture_is_explained(string error, string words) => browser.VisitAsync(
        async visit =>
        {
            await visit.Page.AddInitScriptAsync($"if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{error}'));");
            await visit.GoAsync("/live");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Alert).GetByText(words)).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" })).ToBeVisibleAsync();
        },
        Wide);

    [CameraFact]
    public Task A_browser_that_gives_noise_instead_of_pictures_is_told_from_a_camera() => browser.VisitAsync(
        async visit =>
        {
            // As Firefox does where it resists fingerprinting.
            await visit.Page.AddInitScriptAsync("""
                const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
                OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...values) {
                  const picture = read.apply(this, values);
                  picture.data.forEach((_, at, data) => { data[at] = at * 37 % 256; });
                  return picture;
                };
                """);
            var rooms = await StartAsync(visit);
            await Expect(visit.Page.GetByRole(AriaRole.Alert).GetByText("Your browser shows this page no pictures")).ToBeVisibleAsync();
            Assert.Equal(0, rooms.Served);
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => window.seen.length"));
        },
        Wide);

    [CameraFact]
    public Task A_camera_that_is_unplugged_is_told_and_can_be_started_again() => browser.VisitAsync(
        async visit =>
        {
            await visit.Page.AddInitScriptAsync(
                "const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices); if (open) navigator.mediaDevices.getUserMedia = async wanted => { const stream = await open(wanted); window.track = stream.getVideoTracks()[0]; return stream; };");
            var rooms = await StartAsync(visit);
            await visit.Page.WaitForFunctionAsync("() => window.seen.length > 0");
            await visit.Page.EvaluateAsync("() => window.track.stop()");
            await Expect(visit.Page.GetByText("The camera is gone")).ToBeVisibleAsync();
            await Eventually.TrueAsync(() => rooms.Served == 0);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }).ClickAsync();
            await Eventually.TrueAsync(() => rooms.Served == 1);
        },
        Wide);

    private static async Task<LiveRooms> StartAsync(StudioVisit visit, Action<LiveRooms>? arrange = null)
    {
        var rooms = visit.Server.Services.GetRequiredService<LiveRooms>();
        arrange?.Invoke(rooms);
        await visit.Page.AddInitScriptAsync(Watch);
        await Saved.WatchAsync(visit);
        await visit.GoAsync("/live");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }).ClickAsync();
        return rooms;
    }

    private async Task AssertFilmCoveredAsync(string film)
    {
        Assert.Matches("^veil-live-[0-9-]{19}[.](mp4|webm)$", Path.GetFileName(film));
        var frames = await CameraBrowser.DetailsAsync(film);
        Assert.True(frames.Count >= 5, $"the film has {frames.Count} frames");
        Assert.All(frames, AssertCovered);
    }

    private async Task AssertNeverClearAsync(StudioVisit visit) => Assert.All(await visit.Page.EvaluateAsync<double[]>("() => window.seen.map(one => one.detail)"), AssertCovered);

    private void AssertCovered(double detail) => Assert.True(detail < Limit, $"the face shows: detail {detail}, clear {browser.Clear}");

    /// <summary>Takes longer than a frame may wait.</summary>
    private sealed class Slow(IRegionProvider inner) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
        {
            Thread.Sleep(1000);
            return inner.Find(item, frame, cancellationToken);
        }

        public void Dispose() => inner.Dispose();
    }
}
