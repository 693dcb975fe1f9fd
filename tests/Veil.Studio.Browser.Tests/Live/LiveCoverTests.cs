using System.Text.RegularExpressions;

namespace Veil.Studio.Browser.Tests.Live;

/// <summary>Shape and growth of what is covered, chosen with the keyboard while the camera runs.</summary>
[Collection(CameraBrowser.Collection)]
public sealed class LiveCoverTests(CameraBrowser browser)
{
    // The box around what is of one colour, black, around the middle of the face, as fractions of the picture; and how much of that box is black.
    private const string Black = """
        () => {
          const canvas = document.querySelector('canvas');
          const { width, height } = canvas;
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
          const isBlack = (x, y) => { const at = 4 * (Math.round(y) * width + Math.round(x)); return data[at] + data[at + 1] + data[at + 2] < 60; };
          const [x, y] = [width / 2, height / 2];
          if (!isBlack(x, y)) { return null; }
          const reach = (dx, dy) => { let steps = 0; while (x + dx * steps >= 0 && x + dx * steps < width && y + dy * steps >= 0 && y + dy * steps < height && isBlack(x + dx * steps, y + dy * steps)) { steps++; } return steps; };
          const [left, right, top, bottom] = [reach(-1, 0), reach(1, 0), reach(0, -1), reach(0, 1)];
          let [black, all] = [0, 0];
          for (let row = y - top + 4; row < y + bottom - 4; row += 4) { for (let column = x - left + 4; column < x + right - 4; column += 4) { all++; black += isBlack(column, row); } }
          return { width: (left + right) / width, height: (top + bottom) / height, full: black / Math.max(1, all) };
        }
        """;

    [CameraTheory]
    [InlineData("en-GB", "How much around it is covered, too", "Shape of what is covered")]
    [InlineData("de-DE", "Wie viel darum herum mit verdeckt wird", "Form der verdeckten Fläche")]
    public Task What_is_around_a_face_is_covered_as_far_as_was_chosen(string locale, string growth, string shape) => browser.VisitAsync(
        async visit =>
        {
            await visit.GoAsync("/live");
            await visit.Page.Locator("main button.primary").ClickAsync();
            await visit.Page.Locator("#live-delay").SelectOptionAsync("VeryLong");
            await visit.Page.Locator("#live-method").SelectOptionAsync("solid");
            var slider = visit.Page.GetByRole(AriaRole.Slider, new() { Name = growth });
            await slider.FocusAsync();
            await slider.PressAsync("Home");
            await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new Regex("^0"));
            await visit.Page.WaitForFunctionAsync($"() => ({Black})()?.width < 0.3");
            await visit.Page.GetByLabel(shape).SelectOptionAsync("Box");
            await visit.Page.WaitForFunctionAsync($"() => ({Black})()?.full > 0.98");
            var tight = await visit.Page.EvaluateAsync<double>($"() => ({Black})().width");

            // Half of the face's width on each side makes twice the width: whatever lay around the old edge is covered.
            for (var percent = 5; percent <= 50; percent += 5)
            {
                await slider.PressAsync("ArrowRight");
                await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new Regex($@"^{percent}\D"));
            }

            await visit.Page.WaitForFunctionAsync($"tight => {{ const black = ({Black})(); return black && black.width > 1.8 * tight && black.full > 0.98; }}", tight);
            await visit.Page.GetByLabel(shape).SelectOptionAsync("Ellipse");
            await visit.Page.WaitForFunctionAsync($"() => {{ const black = ({Black})(); return black && black.full > 0.7 && black.full < 0.9; }}");
            await visit.FitsAsync();
            await visit.ShotAsync("live-growth-" + locale[..2]);
        },
        new VisitSettings { Permissions = ["camera"], Locale = locale, Width = locale == "de-DE" ? 420 : 1280 });
}
