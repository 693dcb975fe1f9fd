using System.Globalization;

namespace Veil.Studio.Browser.Tests;

/// <summary>
/// Looks at pages once they have come to rest. A page answers a change of its window in steps, some of which pass through the studio: the grid of
/// results tells it how many columns fit, and until the answer is here the old ones are squeezed. What is wrong for good stays wrong.
/// </summary>
internal static class Settled
{
    // Many times what the answer takes on a loaded machine.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Says what stays wrong.</summary>
    /// <param name="look">Says what is wrong now; asked until it says nothing.</param>
    public static async Task<IReadOnlyList<string>> WrongsAsync(Func<Task<string[]>> look)
    {
        for (var until = Environment.TickCount64 + (long)Rest.TotalMilliseconds; ;)
        {
            var wrongs = await look();
            if (wrongs.Length == 0 || Environment.TickCount64 > until)
            {
                return wrongs;
            }

            await Task.Delay(Between);
        }
    }

    /// <summary>Says by how much the page stays wider than its window, or nothing.</summary>
    /// <param name="page">Where to look.</param>
    public static Task<IReadOnlyList<string>> TooWideAsync(IPage page) => WrongsAsync(async () =>
        await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is var wider and > 0
            ? [string.Create(CultureInfo.InvariantCulture, $"the page is {wider} pixels wider than its window")]
            : []);
}
