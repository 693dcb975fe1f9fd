using System.Globalization;
using Veil.Pipeline;

namespace Veil.Cli.Output;

/// <summary>One plain line per item: for logs and pipes.</summary>
internal sealed class LineProgress : IRunProgress
{
    public Task ShowAsync(int total, Func<Action<ItemResult>, Task> work)
    {
        var done = 0;
        return work(result => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{++done}/{total}] {ItemLine.For(result)}")));
    }
}
