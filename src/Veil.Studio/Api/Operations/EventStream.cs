using System.Globalization;
using System.Text;
using Veil.Regions;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Operations;

/// <summary>Writes server-sent events.</summary>
internal static class EventStream
{
    /// <summary>Writes until the events end.</summary>
    /// <param name="body">Where to.</param>
    /// <param name="events">What happens.</param>
    /// <param name="keepAlive">How often a comment is written while nothing does.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync(Stream body, IAsyncEnumerable<JobEvent> events, TimeSpan keepAlive, CancellationToken cancellationToken)
    {
        await body.FlushAsync(cancellationToken);
        await using var next = events.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var coming = next.MoveNextAsync().AsTask();
            while (await Task.WhenAny(coming, Task.Delay(keepAlive, cancellationToken)) != coming)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SendAsync(body, ":\n\n", cancellationToken);
            }

            if (!await coming)
            {
                return;
            }

            var now = next.Current;
            var data = JobView.Of(now.Job).ToJsonString();
            await SendAsync(body, string.Create(CultureInfo.InvariantCulture, $"id: {now.Id}\nevent: {RegionJson.NameOf(now.Kind)}\ndata: {data}\n\n"), cancellationToken);
        }
    }

    private static async Task SendAsync(Stream body, string text, CancellationToken cancellationToken)
    {
        await body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await body.FlushAsync(cancellationToken);
    }
}
