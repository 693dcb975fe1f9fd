using System.Globalization;
using System.Text.Json;

namespace Veil.Pipeline.Sharding;

/// <summary>Who works on a shard, as the lease file says it.</summary>
/// <param name="Host">The machine.</param>
/// <param name="Process">The process' id there.</param>
/// <param name="Born">When the machine started that process, in its own count; 0 when it does not say.</param>
/// <param name="Token">Random; no two holders have the same.</param>
/// <param name="Started">When it took the lease.</param>
/// <param name="Beat">When it last said that it is alive.</param>
/// <param name="Finished">Items that it has finished since.</param>
public sealed record LeaseRecord(string Host, int Process, long Born, string Token, DateTimeOffset Started, DateTimeOffset Beat, long Finished)
{
    /// <summary>This process.</summary>
    /// <param name="time">The clock.</param>
    public static LeaseRecord Mine(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow();
        return new LeaseRecord(Environment.MachineName, Environment.ProcessId, BirthOf(Environment.ProcessId) ?? 0, Guid.NewGuid().ToString("N"), now, now, 0);
    }

    /// <summary>Reads a lease file.</summary>
    /// <returns>Null when there is none, or it says nothing.</returns>
    public static LeaseRecord? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LeaseRecord>(File.ReadAllBytes(path)) is { Host: not null, Token: not null } record ? record : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>True when the holder ran on this machine and has ended: nobody has to wait for it.</summary>
    public bool HasEnded => Host == Environment.MachineName && Token.Length > 0 && (BirthOf(Process) is not { } born || (Born != 0 && born != Born));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Host}");

    /// <summary>When a process of this machine was started; null when it is none, or has ended and only waits to be forgotten.</summary>
    private static long? BirthOf(int process)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Array.Exists(System.Diagnostics.Process.GetProcesses(), one => one.Id == process) ? 0 : null;
        }

        try
        {
            // proc(5): behind the name in brackets come the state and, as the 20th, the time of start.
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
