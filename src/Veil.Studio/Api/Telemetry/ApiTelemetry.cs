using System.Diagnostics;
using System.Diagnostics.Metrics;
using Veil.Pipeline;

namespace Veil.Studio.Api.Telemetry;

/// <summary>
/// What the server measures. Nothing leaves the process unless an exporter is set (<see cref="ApiTelemetryExport"/>). Tags are routes,
/// codes and names of steps; never a file name, an address or a key.
/// </summary>
internal static class ApiTelemetry
{
    /// <summary>Name of the source and of the meter.</summary>
    public const string Name = "Veil.Serve";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "DELETE", "OPTIONS"];
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Requests = Meter.CreateHistogram<double>("http.server.request.duration", "s", "Time from a request's headers to the end of its answer.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("veil.queue.wait", "s", "Time that pictures waited for their turn.");
    private static readonly Histogram<double> Steps = Meter.CreateHistogram<double>("veil.step.duration", "s", "Time of the engine's steps, by picture or film.");
    private static readonly Counter<long> Items = Meter.CreateCounter<long>("veil.items", "{item}", "Pictures and films, by how they ended.");
    private static readonly Counter<long> Regions = Meter.CreateCounter<long>("veil.regions", "{region}", "Regions found.");
    private static readonly UpDownCounter<long> Working = Meter.CreateUpDownCounter<long>("veil.items.active", "{item}", "Pictures that are worked on.");

    /// <summary>Where traces come from.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>A method that tells nothing but itself; anything may stand in a request.</summary>
    public static string KnownMethod(string method) => Array.IndexOf(Methods, method) >= 0 ? method : "_OTHER";

    /// <summary>Notes an answer.</summary>
    public static void Request(string method, string route, int status, TimeSpan elapsed) =>
        Requests.Record(elapsed.TotalSeconds, new TagList { { "http.request.method", method }, { "http.route", route }, { "http.response.status_code", status } });

    /// <summary>Notes that a picture waited.</summary>
    public static void Waited(TimeSpan time) => Waits.Record(time.TotalSeconds);

    /// <summary>Notes that a picture is worked on, until it is disposed.</summary>
    public static IDisposable Work()
    {
        Working.Add(1);
        return new Finished();
    }

    /// <summary>Notes what became of an item, and how its steps went.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="begun">When work on it began.</param>
    public static void Item(ItemResult result, DateTimeOffset begun)
    {
        Items.Add(1, new KeyValuePair<string, object?>("veil.outcome", result.Error?.Code ?? result.Status.ToString()));
        Regions.Add(result.RegionCount);
        var at = begun;
        foreach (var (step, milliseconds) in result.Times)
        {
            var time = TimeSpan.FromMilliseconds(milliseconds);
            Steps.Record(time.TotalSeconds, new KeyValuePair<string, object?>("veil.step", step));

            // Steps of a picture follow each other; of a film they run side by side, and each span is the sum over its frames.
            using var span = Source.StartActivity(step, ActivityKind.Internal, Activity.Current?.Context ?? default, startTime: at);
            at += time;
            span?.SetEndTime(at.UtcDateTime);
        }
    }

    private sealed class Finished : IDisposable
    {
        public void Dispose() => Working.Add(-1);
    }
}
