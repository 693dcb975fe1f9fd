using System.Globalization;
using System.Text.Json;
using Veil.Cli.Output;
using Veil.Pipeline.Sharding;

namespace Veil.Cli.Datasets;

/// <summary>A run's status on standard output.</summary>
internal static class StatusText
{
    public static void Write(RunStatus status)
    {
        Table.Write(
            ["shard", "state", "done", "failed", "left", "per second", "worker"],
            status.Shards.Select(shard => new[]
            {
                shard.Shard.ToString(), Name(shard.Activity), Number(shard.Done), Number(shard.Failed), Number(shard.Left),
                shard.Rate > 0 ? shard.Rate.ToString("F1", CultureInfo.InvariantCulture) : "-", shard.Holder?.ToString() ?? "-",
            }));
        var share = status.Manifest.Items == 0 ? 100 : 100.0 * (status.Done + status.Failed) / status.Manifest.Items;
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Number(status.Done)} of {Number(status.Manifest.Items)} files done, {Number(status.Failed)} failed, {Number(status.Left)} left ({share:F1} %){Speed(status)}"));
        if (status.Shards.Count(shard => shard.Activity == ShardActivity.Stale) is > 0 and var stale)
        {
            Console.Out.WriteLine($"{stale} of {status.Shards.Count} shards are stale: their processes are gone. Start them again; they go on where they stopped.");
        }

        Console.Out.WriteLine(status.IsClosed ? "closed"
            : status.Shards.All(shard => shard.Activity == ShardActivity.Finished) ? "finished: close it with 'veil dataset merge'"
            : "not finished");
    }

    public static void WriteJson(RunStatus status)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", "veil-dataset-status");
            json.WriteNumber("version", 1);
            json.WriteNumber("items", status.Manifest.Items);
            json.WriteNumber("done", status.Done);
            json.WriteNumber("failed", status.Failed);
            json.WriteNumber("left", status.Left);
            json.WriteNumber("perSecond", Math.Round(status.Rate, 2));
            if (status.Remaining is { } remaining)
            {
                json.WriteNumber("secondsLeft", Math.Round(remaining.TotalSeconds));
            }

            json.WriteBoolean("closed", status.IsClosed);
            json.WriteStartArray("shards");
            foreach (var shard in status.Shards)
            {
                json.WriteStartObject();
                json.WriteString("shard", shard.Shard.ToString());
                json.WriteString("state", Name(shard.Activity));
                json.WriteNumber("items", shard.Items);
                json.WriteNumber("done", shard.Done);
                json.WriteNumber("failed", shard.Failed);
                json.WriteNumber("left", shard.Left);
                json.WriteNumber("perSecond", Math.Round(shard.Rate, 2));
                if (shard.Holder is { } holder)
                {
                    json.WriteString("host", holder.Host);
                    json.WriteNumber("process", holder.Process);
                    json.WriteString("lastBeat", holder.Beat);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static string Speed(RunStatus status) => status.Rate <= 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"; {status.Rate:F1}/s{Remaining(status)}");

    private static string Remaining(RunStatus status) => status is { Left: > 0, Remaining: { } time }
        ? string.Create(CultureInfo.InvariantCulture, $", {(int)time.TotalHours} h {time.Minutes:00} min {time.Seconds:00} s left at this rate")
        : "";

    private static string Name(ShardActivity activity) => activity switch
    {
        ShardActivity.Waiting => "waiting",
        ShardActivity.Working => "working",
        ShardActivity.Stale => "stale",
        ShardActivity.Stopped => "stopped",
        ShardActivity.Finished => "finished",
        _ => throw new ArgumentOutOfRangeException(nameof(activity), activity, "Expected a known state."),
    };

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
