using System.Globalization;

namespace Veil.Studio.Browser.Tests;

/// <summary>
/// Lets whatever a page and its studio tell each other arrive late, by VEIL_SLOW_LINE milliseconds each way. A test that holds only where answers come
/// at once fails on a slow machine now and then; on a slow line it fails each time: <c>VEIL_SLOW_LINE=150 ./test Veil.Studio.Browser</c>.
/// </summary>
internal static class SlowLine
{
    // What was said first arrives first: timers of one length end in the order of their beginnings.
    private const string Late = """
        {
          const Direct = WebSocket;
          globalThis.WebSocket = class extends Direct {
            send(data) { setTimeout(() => super.send(data), DELAY); }
            set onmessage(hear) { super.onmessage = hear && (message => setTimeout(() => hear.call(this, message), DELAY)); }
          };
        }
        """;

    private static readonly string? _milliseconds = Environment.GetEnvironmentVariable("VEIL_SLOW_LINE");

    /// <summary>Makes the line of a page that was not opened yet as slow as was asked for, if it was.</summary>
    public static async Task LayAsync(IPage page)
    {
        if (!string.IsNullOrEmpty(_milliseconds))
        {
            await page.AddInitScriptAsync(Late.Replace("DELAY", int.Parse(_milliseconds, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
    }
}
