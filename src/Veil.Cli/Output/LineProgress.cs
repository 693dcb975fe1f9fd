using System.Globalization;
using Veil.Pipeline;

namespace Veil.Cli.Output;

/// <summary>One plain line per item, and one per film now and then: for logs and pipes.</summary>
internal sealed class LineProgress : IRunProgress
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public Task ShowAsync(int total, Func<Action<ItemResult>, Action<ItemProgress>, Task> work)
    {
        var (done, meter) = (0, new FrameMeter());
        return work(
            result =>
            {
                meter.Forget(result.Item);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{++done}/{total}] {ItemLine.For(result)}"));
            },
            progress =>
            {
                if (meter.Note(progress) is { } line && meter.IsDue(progress.Item, Every))
                {
                    Console.Error.WriteLine(line);
                }
            });
    }
}
