using Veil.Studio.Browser.Tests.Live;

namespace Veil.Studio.Browser.Tests.Accessibility;

[Collection(CameraBrowser.Collection)]
public sealed class CameraAccessibilityTests(CameraBrowser browser)
{
    [CameraTheory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public Task The_camera_running(string locale) => browser.VisitAsync(
        async visit =>
        {
            var axe = new Axe(visit.Kind, visit.Page);
            await visit.GoAsync("/live");
            await visit.Page.Locator("main button.primary").ClickAsync();
            await Expect(visit.Page.Locator("main button", new() { HasTextRegex = new("Stop the camera|Kamera beenden") })).ToBeVisibleAsync();
            await axe.LookAsync("live, with a camera");
            axe.AssertNothingFound();
        },
        new VisitSettings { Permissions = ["camera"], Locale = locale });
}
