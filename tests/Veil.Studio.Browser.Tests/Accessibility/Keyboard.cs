using System.Text.Json;

namespace Veil.Studio.Browser.Tests.Accessibility;

/// <summary>Somebody without a mouse.</summary>
internal sealed class Keyboard(IPage page)
{
    // More stops than any page has.
    private const int Most = 200;

    private const string Describe = """
        () => {
          const at = document.activeElement;
          const outlined = element => { const style = getComputedStyle(element); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; };
          const stroked = element => { const box = element.querySelector('.box'); return box && getComputedStyle(box).stroke !== 'none'; };
          // What is drawn instead of an input that is not: its card, or the handle over a picture.
          const instead = [at.closest('.choice-card, label'), at.nextElementSibling].filter(one => one);
          return {
            text: `${at.getAttribute('aria-label') ?? ''} ${at.labels ? [...at.labels].map(label => label.textContent).join(' ') : ''} ${at.textContent}`.replace(/\s+/g, ' ').trim(),
            nowhere: at === document.body || at === document.documentElement,
            heading: at.matches('h1'),
            visible: outlined(at) || stroked(at) || instead.some(one => outlined(one)) || (at.nextElementSibling !== null && getComputedStyle(at.nextElementSibling, '::before').outlineStyle !== 'none'),
          };
        }
        """;

    /// <summary>Presses a key.</summary>
    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    /// <summary>Waits for a page; its heading has the focus, so that it is read first.</summary>
    public async Task ArriveAsync(string address)
    {
        await page.WaitForURLAsync(address);
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
    }

    /// <summary>Goes on by Tab until something is reached; at each stop one must see where the keyboard is.</summary>
    /// <param name="text">What its name begins with; null for any.</param>
    /// <param name="selector">What it matches.</param>
    public async Task GoToAsync(string? text, string selector = "*")
    {
        var passed = new List<string>();
        for (var stops = 0; stops < Most; stops++)
        {
            await PressAsync("Tab");
            var at = await page.EvaluateAsync<JsonElement>(Describe);
            var name = at.GetProperty("text").GetString()!;
            passed.Add(name);
            if (at.GetProperty("nowhere").GetBoolean())
            {
                // The browser's own bar lies between the page's end and its beginning.
                continue;
            }

            Assert.True(at.GetProperty("visible").GetBoolean(), $"One does not see that '{name}' has the focus.");
            if ((text is null || name.StartsWith(text, StringComparison.Ordinal)) && await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"'{text ?? selector}' was not reached. Passed: {string.Join(" | ", passed.Select(name => name.Length > 40 ? name[..40] : name))}");
    }

    /// <summary>Waits until the focus lies on something, and fails where one does not see it. A heading that begins a page needs no mark.</summary>
    public async Task AssertHasPlaceAsync()
    {
        JsonElement at;
        for (var until = DateTime.UtcNow + Eventually.Patience; !HasPlace(at = await page.EvaluateAsync<JsonElement>(Describe)) && DateTime.UtcNow < until;)
        {
            // Until the next drawing the focus may lie on what is about to go.
            await Task.Delay(10);
        }

        Assert.True(HasPlace(at), $"One does not see that '{at.GetProperty("text").GetString()}' has the focus.");
    }

    /// <summary>Fails where the focus lies outside of something.</summary>
    public Task AssertInsideAsync(string selector) => Expect(page.Locator($"{selector}:focus-within, {selector}:focus")).ToHaveCountAsync(1);

    private static bool HasPlace(JsonElement at) => !at.GetProperty("nowhere").GetBoolean() && (at.GetProperty("heading").GetBoolean() || at.GetProperty("visible").GetBoolean());
}
