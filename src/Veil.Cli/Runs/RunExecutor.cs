using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;

namespace Veil.Cli.Runs;

/// <summary>Executes a run: journal, workers, progress, report, summary, exit code.</summary>
internal static class RunExecutor
{
    public static async Task<int> ExecuteAsync(RunRequest request, CancellationToken cancel)
    {
        var (settings, plan) = (request.Settings, request.Plan);
        if (plan.Items.Count == 0)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, "There is no file in " + string.Join(", ", settings.Inputs) + ".", "Hidden files and links to folders are passed over.");
        }

        foreach (var line in request.Hints.Select(hint => "veil: hint: " + hint).Concat(request.Warnings.Select(warning => "veil: warning: " + warning)))
        {
            await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
        }

        var (started, clock, counts) = (DateTimeOffset.UtcNow, Stopwatch.StartNew(), new RunCounts());
        using var journal = settings.Mode == RunMode.Write && plan.Folder is { } folder ? RunJournal.Open(folder, Hash(request), plan.Naming) : RunJournal.InMemory();
        await Progress().ShowAsync(plan.Items.Count, async show =>
        {
            var left = new List<PlannedItem>();
            foreach (var planned in plan.Items)
            {
                if (settings.Existing == OverwritePolicy.Refuse && journal.HasDone(planned))
                {
                    Count(new ItemResult(planned.Item, planned.Target, ItemStatus.AlreadyDone));
                }
                else
                {
                    left.Add(settings.Mode == RunMode.DryRun ? planned with { Target = null } : planned);
                }
            }

            if (left.Count > 0)
            {
                await MediaRun.ExecuteAsync(left, Math.Min(settings.Jobs, left.Count), request.CreatePipeline, Finish, cancel).ConfigureAwait(false);
            }

            void Finish(ItemResult result)
            {
                journal.Add(result);
                request.Completed(result);
                Count(result);
            }

            void Count(ItemResult result)
            {
                counts.Add(result);
                show(result);
            }
        }).ConfigureAwait(false);

        var header = new RunHeader(request.Command, request.Options, request.Models, request.Warnings, started, clock.Elapsed);
        if (ReportPath(settings, plan) is { } report)
        {
            // The default report belongs to the folder and follows its journal; one named by the user is theirs to overwrite or not.
            TextOutput.Write(report, settings.Report is null ? OverwritePolicy.Replace : settings.Existing, stream => RunReport.Write(stream, header, counts, journal));
        }

        await Summary.WriteAsync(request, counts, clock.Elapsed).ConfigureAwait(false);
        return counts.Failed > 0 || counts.NotMedia == counts.Total ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static string? ReportPath(RunSettings settings, OutputPlan plan) =>
        settings.Report ?? (settings.Mode == RunMode.Write && plan.Folder is { } folder ? Path.Combine(folder, "veil-report.json") : null);

    private static IRunProgress Progress() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "dumb" ? new LineProgress() : new TerminalProgress();

    private static string Hash(RunRequest request)
    {
        var text = request.Command + "\n" + string.Concat(
            request.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
