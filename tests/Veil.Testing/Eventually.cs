using System.Runtime.CompilerServices;

namespace Veil.Testing;

/// <summary>Waits for what must come to pass, however slow the machine is: a test that fails by it found something that never happens.</summary>
public static class Eventually
{
    /// <summary>Longer than any step takes on a machine that is ten times overloaded.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    /// <summary>Blocks until a condition holds.</summary>
    /// <param name="condition">Asked again and again, on this thread.</param>
    /// <param name="what">The condition in words; by default its source.</param>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static void True(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(condition, what).GetAwaiter().GetResult();

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">The condition in words; by default its source.</param>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static async Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        for (var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !condition();)
        {
            if (Environment.TickCount64 > until)
            {
                throw new TimeoutException($"Expected within {Patience.TotalSeconds} s: {what}");
            }

            await Task.Delay(Between).ConfigureAwait(false);
        }
    }
}
