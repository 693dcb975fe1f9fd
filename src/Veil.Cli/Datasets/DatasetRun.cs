using System.Diagnostics;
using Veil.Cli.Isolation;
using Veil.Cli.Options;
using Veil.Cli.Runs;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Sharding;
using Veil.Regions;

namespace Veil.Cli.Datasets;

/// <summary>
/// Works on one shard of a run over a dataset: lists the dataset if no other shard has, then does its own part, going on
/// where an earlier process stopped. A run of one shard is closed at its end.
/// </summary>
/// <param name="dataset">Which dataset.</param>
/// <param name="rendering">Method, coverage, output.</param>
/// <param name="finder">Where regions come from.</param>
/// <param name="shard">Which part.</param>
internal sealed class DatasetRun(DatasetSettings dataset, Rendering rendering, RegionFinder finder, Shard shard)
{
    private const string Command = "dataset anonymize";

    public async Task<int> ExecuteAsync(CancellationToken cancel)
    {
        var request = Describe(rendering.Request(Command, OutputPlan.Nothing, finder, tracking: null));
        if (rendering.Settings.Work.Place == WorkPlace.Worker)
        {
            return WorkerMode.Run(request);
        }

        if (rendering.Settings.Mode == RunMode.DryRun)
        {
            return await DryRunAsync(request, cancel).ConfigureAwait(false);
        }

        var folder = new RunFolder(Path.GetFullPath(rendering.Settings.Output
            ?? throw new VeilException(VeilErrorCode.InvalidOption, "No output was named.", "Say where the results go, e.g. -o anonymized; the dataset stays as it is.")));
        RefuseOverlap(folder.Output);
        await RunExecutor.AnnounceAsync(request).ConfigureAwait(false);
        var manifest = Begin(folder, request, cancel);
        var code = await WorkAsync(folder, manifest, request, cancel).ConfigureAwait(false);
        return shard.Count == 1 ? ClosedRun.Close(folder, manifest, cancel) : code;
    }

    private RunRequest Describe(RunRequest request)
    {
        var options = new Dictionary<string, string>(request.Options)
        {
            ["splits"] = SplitChoice.Describe(dataset),
            ["other-splits"] = RegionJson.NameOf(dataset.Others),
            ["regions"] = RegionJson.NameOf(dataset.Regions),
            ["people"] = string.Join(',', dataset.Reading.People.Order(StringComparer.OrdinalIgnoreCase)),
            ["plates"] = string.Join(',', dataset.Reading.Plates.Order(StringComparer.OrdinalIgnoreCase)),
        };
        var warnings = dataset.Others == OtherSplits.Copy ? request.Warnings.Append("Splits that are not chosen are copied as they are: the output holds ORIGINALS.") : request.Warnings;
        return request with { Options = options, Warnings = [.. warnings], Around = static processor => new SealingProcessor(processor) };
    }

    private async Task<int> DryRunAsync(RunRequest request, CancellationToken cancel)
    {
        var (clock, counts) = (Stopwatch.StartNew(), new RunCounts());
        using var journal = RunJournal.InMemory();
        var items = DatasetListing.Pictures(dataset).Where((_, index) => shard.Owns(index)).Select(entry => Planned(entry, folder: null)).ToList();
        await RunExecutor.AnnounceAsync(request).ConfigureAwait(false);
        await RunExecutor.WorkAsync(request, items, _ => false, journal, counts, cancel).ConfigureAwait(false);
        await Summary.WriteAsync(request, counts, clock.Elapsed).ConfigureAwait(false);
        return counts.Failed > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    /// <summary>The manifest of the run, written by this process if no other has.</summary>
    private RunManifest Begin(RunFolder folder, RunRequest request, CancellationToken cancel)
    {
        var header = new ManifestHeader(Command, dataset.Format.Id, shard.Count, request.OptionsHash, request.Options, request.Models, request.Warnings);
        var manifest = RunManifest.Open(folder) ?? List();
        return manifest.Header.DifferenceTo(header) is not { } difference ? manifest : throw new VeilException(
            VeilErrorCode.InvalidOption, $"'{folder.Output}' holds another run: {difference}.", "Nothing was changed. Go on with the options and the number of shards that it was begun with, or choose another output folder.");

        RunManifest List()
        {
            RefuseFilled(folder);
            using var lease = Lease.Take(
                folder.ManifestLease, LeaseTerms.Default, LeaseConflict.Wait, () => !File.Exists(folder.Manifest),
                holder => Console.Error.WriteLine($"veil: {holder} is listing the dataset; waiting for it."), TimeProvider.System, cancel);
            return lease is null ? OpenedRun.Manifest(folder) : DatasetListing.Write(dataset, folder, header, cancel);
        }
    }

    private async Task<int> WorkAsync(RunFolder folder, RunManifest manifest, RunRequest request, CancellationToken cancel)
    {
        var (clock, counts) = (Stopwatch.StartNew(), new RunCounts());
        using var lease = Lease.Take(
            folder.Lease(shard), LeaseTerms.Default, LeaseConflict.Refuse, () => true,
            holder => Console.Error.WriteLine($"veil: shard {shard} was begun by {holder}; waiting to see whether it is still at work."), TimeProvider.System, cancel)!;
        using var journal = RunJournal.OpenShard(folder.Journal(shard), $"{manifest.Sha256}:{shard}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
        var items = manifest.ItemsOf(shard).Select(entry => Planned(entry, folder)).ToList();
        try
        {
            await RunExecutor.WorkAsync(request with { Completed = _ => lease.Finished() }, items, journal.HasDone, journal, counts, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new VeilException(
                VeilErrorCode.UnwritableOutput, $"Another process has taken shard {shard} over, since this one was silent for too long.", "Nothing is lost: the other one goes on.");
        }

        await Summary.WriteAsync(request, counts, clock.Elapsed).ConfigureAwait(false);
        return counts.Failed > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private PlannedItem Planned(ManifestEntry entry, RunFolder? folder) => new(
        new MediaItem(Path.Combine(dataset.Root, entry.File.Replace('/', Path.DirectorySeparatorChar)), entry.File, MediaItemOrigin.Named) { Treatment = entry.Treatment, Number = entry.Number },
        folder?.Target(entry.File));

    private void RefuseOverlap(string output)
    {
        var real = new RealPath();
        var (from, to) = (real.OfFolder(dataset.Root) + Path.DirectorySeparatorChar, real.OfFolder(output) + Path.DirectorySeparatorChar);
        if (from.StartsWith(to, StringComparison.Ordinal) || to.StartsWith(from, StringComparison.Ordinal))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"The output folder '{output}' and the dataset '{dataset.Root}' lie in each other.", "Choose an output folder beside the dataset.");
        }
    }

    /// <summary>A run owns its folder: what is there before might be originals, or another program's.</summary>
    private static void RefuseFilled(RunFolder folder)
    {
        try
        {
            // Another shard may make the run's own folder at this moment.
            if (Directory.Exists(folder.Output) && !Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Output).Any(entry => Path.GetFileName(entry) != Path.GetFileName(folder.Path)))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"The output folder '{folder.Output}' holds files that are of no run.", "Choose an empty or new folder.");
            }

            Directory.CreateDirectory(folder.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The output folder '{folder.Output}' cannot be used: {error.Message}", "Choose a folder that you may write to.", error);
        }
    }
}
