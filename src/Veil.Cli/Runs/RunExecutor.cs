using System.Diagnostics;
using Veil.Cli.Isolation;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;

namespace Veil.Cli.Runs;

/// <summary>Executes a run: journal, workers, progress, report, summary, exit code.</summary>
internal static class RunExecutor
{
    // A temporary file that has not changed for so long belongs to nobody.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    public static async Task<int> ExecuteAsync(RunRequest request, CancellationToken cancel)
    {
        var (settings, plan) = (request.Settings, request.Plan);
        if (settings.Work.Place == WorkPlace.Worker)
        {
            return WorkerMode.Run(request);
        }

        RefuseIsolatedStreams(settings, plan);
        if (plan.Items.Count == 0)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, "There is no file in " + string.Join(", ", settings.Inputs) + ".", "Hidden files and links to folders are passed over.");
        }

        await AnnounceAsync(request).ConfigureAwait(false);
        var (started, clock, counts) = (DateTimeOffset.UtcNow, Stopwatch.StartNew(), new RunCounts());
        using var journal = settings.Mode == RunMode.Write && plan.Folder is { } folder ? RunJournal.Open(folder, request.OptionsHash, plan.Naming) : RunJournal.InMemory();
        var items = Prepare(settings, plan, journal);
        await WorkAsync(request, items, planned => settings.Existing == OverwritePolicy.Refuse && journal.HasDone(planned), journal, counts, cancel).ConfigureAwait(false);

        var header = new RunHeader(request.Command, request.Options, request.Models, request.Warnings, started, clock.Elapsed);
        if (ReportPath(settings, plan) is { } report)
        {
            // The default report belongs to the folder and follows its journal; one named by the user is theirs to overwrite or not.
            TextOutput.Write(report, settings.Report is null ? OverwritePolicy.Replace : settings.Existing, stream => RunReport.Write(stream, header, counts, journal));
        }

        await Summary.WriteAsync(request, counts, clock.Elapsed).ConfigureAwait(false);
        return counts.Failed > 0 || counts.NotMedia == counts.Total ? ExitCode.SomeFailed : ExitCode.Done;
    }

    /// <summary>Says what the user should know before a run.</summary>
    public static async Task AnnounceAsync(RunRequest request)
    {
        foreach (var line in request.Hints.Select(hint => "veil: hint: " + hint).Concat(request.Warnings.Select(warning => "veil: warning: " + warning)))
        {
            await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
        }
    }

    /// <summary>Works through items and records each as it ends.</summary>
    /// <param name="request">The run.</param>
    /// <param name="items">Its items.</param>
    /// <param name="isDone">Whether an earlier run has done an item.</param>
    /// <param name="journal">Takes the results.</param>
    /// <param name="counts">Takes their sums.</param>
    /// <param name="cancel">Abandons the items under way.</param>
    public static async Task WorkAsync(RunRequest request, IReadOnlyList<PlannedItem> items, Func<PlannedItem, bool> isDone, RunJournal journal, RunCounts counts, CancellationToken cancel)
    {
        var settings = request.Settings;
        var planned = settings.Mode == RunMode.DryRun ? [.. items.Select(item => item with { Target = null })] : items;
        using var sandbox = RunSandbox.For(request);
        await Progress().ShowAsync(items.Count, (show, progress) => new RecordedRun(journal, counts) { IsDone = isDone, Finished = request.Completed, Counted = show }
            .ExecuteAsync(planned, settings.Jobs, Processors(request, sandbox, progress), cancel)).ConfigureAwait(false);
    }

    /// <summary>Clears away what killed runs left, now that no other run works in the folder, and looks for names that it takes for the same.</summary>
    private static IReadOnlyList<PlannedItem> Prepare(RunSettings settings, OutputPlan plan, RunJournal journal)
    {
        if (settings.Mode != RunMode.Write)
        {
            return plan.Items;
        }

        return plan.Folder is not null ? RunPreparation.Prepare(plan, journal) : RunPreparation.Guarded(() =>
        {
            foreach (var target in plan.Items.Select(item => item.Target).Where(target => target is not (null or MediaItem.StandardInput)))
            {
                TemporaryFile.RemoveFor(target!, LongestWrite);
            }

            return plan.Items;
        });
    }

    private static Func<IItemProcessor> Processors(RunRequest request, RunSandbox? sandbox, Action<ItemProgress> progress)
    {
        var (place, time, memory) = request.Settings.Work;
        if (place == WorkPlace.OwnProcesses)
        {
            var command = OwnProgram.AsWorker(request.Command, request.OptionsHash) with { Sandbox = sandbox?.OfWorkers };
            var limits = new WorkerLimits(time, memory);
            return () => request.Around(new IsolatedProcessor(command, limits, progress));
        }

        return time is { } most ? () => request.Around(new TimedProcessor(Beating, most)) : () => request.Around(request.CreatePipeline(progress));

        IItemProcessor Beating(Action beat) => request.CreatePipeline(now =>
        {
            beat();
            progress(now);
        });
    }

    private static void RefuseIsolatedStreams(RunSettings settings, OutputPlan plan)
    {
        if (settings.Work.Place == WorkPlace.OwnProcesses
            && plan.Items.Any(item => item.Item.Path == MediaItem.StandardInput || item.Target == MediaItem.StandardInput))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--isolate works on files: standard input and output belong to the talk with the worker process.", "Name files, or leave --isolate out.");
        }
    }

    private static string? ReportPath(RunSettings settings, OutputPlan plan) =>
        settings.Report ?? (settings.Mode == RunMode.Write && plan.Folder is { } folder ? Path.Combine(folder, "veil-report.json") : null);

    /// <summary>Shows how work goes: a bar on a terminal, lines elsewhere.</summary>
    public static IRunProgress Progress() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "dumb" ? new LineProgress() : new TerminalProgress();
}
