using System.Diagnostics;
using System.Globalization;

namespace Veil.Fuzz;

/// <summary>The parent: keeps one worker process going, notes what it dies of, and goes on behind the case that killed it.</summary>
internal static class FuzzRun
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private const long Memory = 3L << 30;

    public static async Task<int> ExecuteAsync(TimeSpan budget, long seed)
    {
        var clock = Stopwatch.StartNew();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var findings = new List<string>();
        var (cases, next, slowest) = (0, seed, TimeSpan.Zero);
        Console.WriteLine($"seed {seed}");
        while (clock.Elapsed < budget)
        {
            using var worker = Start(next);
            try
            {
                await FollowAsync(worker).ConfigureAwait(false);
            }
            finally
            {
                if (!worker.HasExited)
                {
                    worker.Kill();
                }
            }
        }

        foreach (var (outcome, count) in outcomes)
        {
            Console.WriteLine($"{count,9} {outcome}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases} cases in {clock.Elapsed.TotalMinutes:F1} minutes from seed {seed}; slowest {slowest.TotalSeconds:F1} s; {findings.Count} findings"));
        return findings.Count == 0 ? 0 : 1;

        async Task FollowAsync(Process worker)
        {
            var target = "";
            var began = clock.Elapsed;
            while (clock.Elapsed < budget)
            {
                var (line, fate) = await ReadAsync(worker).ConfigureAwait(false);
                if (line is null)
                {
                    Find($"{fate} in case {next} ({target})");
                    next++;
                    return;
                }

                var words = line.Split(' ', 3);
                if (words[0] == "start")
                {
                    (next, target, began) = (long.Parse(words[1], CultureInfo.InvariantCulture), words[2], clock.Elapsed);
                    continue;
                }

                cases++;
                slowest = clock.Elapsed - began > slowest ? clock.Elapsed - began : slowest;
                var outcome = $"{target} {words[1]}{(words[1] == "refused" ? " " + words[2] : "")}";
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                if (words[1] == "foreign")
                {
                    Find($"foreign exception in case {next} ({target}): {words[2]}");
                }

                next++;
            }
        }

        void Find(string finding)
        {
            findings.Add(finding);
            Console.WriteLine($"FOUND {finding}");
        }
    }

    private static async Task<(string? Line, string Fate)> ReadAsync(Process worker)
    {
        var line = worker.StandardOutput.ReadLineAsync();
        for (var start = Stopwatch.StartNew(); !line.IsCompleted && start.Elapsed < Hang;)
        {
            await Task.WhenAny(line, Task.Delay(200)).ConfigureAwait(false);
            worker.Refresh();
            if (!line.IsCompleted && !worker.HasExited && worker.WorkingSet64 > Memory)
            {
                return (null, "more than 3 GiB of memory");
            }
        }

        if (!line.IsCompleted)
        {
            return (null, "hang");
        }

        if (await line.ConfigureAwait(false) is { } read)
        {
            return (read, "");
        }

        await worker.WaitForExitAsync().ConfigureAwait(false);
        return (null, string.Create(CultureInfo.InvariantCulture, $"crash with exit code {worker.ExitCode}"));
    }

    private static Process Start(long from)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(FuzzRun).Assembly.Location);
        start.ArgumentList.Add("worker");
        start.ArgumentList.Add(from.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }
}
