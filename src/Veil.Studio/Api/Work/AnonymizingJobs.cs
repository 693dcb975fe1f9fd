using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Studio.Api.Telemetry;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Work;

/// <summary>
/// The work of jobs: every picture and film of one, one after the other. Of an input that fails there is no result; a job all of whose
/// inputs fail has failed.
/// </summary>
internal sealed class AnonymizingJobs(IAnonymizerSource anonymizers, AllowedRoots roots, ApiLimits limits)
{
    /// <summary>Name of the run report among the results.</summary>
    public const string ReportFile = "report.json";

    /// <summary>Name of the list of results.</summary>
    public const string ListFile = "results.json";

    private const string Command = "serve-job";

    /// <summary>Does a job; see <see cref="JobWork"/>.</summary>
    public async Task DoAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var activity = ApiTelemetry.Source.StartActivity("job");
        await Task.Run(() => Do(context, cancellationToken), cancellationToken);
    }

    /// <summary>Results of a job that is done.</summary>
    public static async Task<IReadOnlyList<JobResult>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(Path.Combine(folder, ListFile));
        return await JsonSerializer.DeserializeAsync(stream, JobResultJson.Default.ListJobResult, cancellationToken) ?? [];
    }

    private void Do(JobContext context, CancellationToken cancellationToken)
    {
        var settings = ApiSettings.Read(JobRequest.Of(context.Job).Settings, limits.JobPicture);
        using var lease = anonymizers.Rent(settings);
        var (started, clock, counts, names, results) = (DateTimeOffset.UtcNow, Stopwatch.StartNew(), new RunCounts(), new SafeNames(), new List<JobResult>());
        var unique = new SafeNames();
        var items = context.Job.Inputs.SelectMany(input => ItemsOf(context, input)).Select(pair => (Item: pair.Item with { Name = unique.Give(pair.Item.Name, Path.GetExtension(pair.Item.Name)) }, pair.Problem)).ToList();
        using var journal = RunJournal.InMemory();
        VeilException? first = null;
        var failed = 0;
        foreach (var (item, problem) in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Report(new JobProgress { Items = items.Count, ItemsDone = counts.Total, ItemsFailed = failed, Rate = RateOf(counts.Total, clock) });
            var result = problem is null ? Anonymize(item) : problem with { Item = item };
            counts.Add(result);
            journal.Add(result);
            if (result.Status != ItemStatus.Done)
            {
                failed++;
                first ??= ErrorOf(result);
            }
        }

        if (results.Count == 0)
        {
            throw first ?? new VeilException(VeilErrorCode.UnreadableInput, "There is no file in the folders that the job names.", "Name folders with pictures or films.");
        }

        using (var report = PrivateFolder.CreateFile(Path.Combine(context.OutputFolder, ReportFile)))
        {
            RunReport.Write(report, new RunHeader(Command, lease.Facts.Options, lease.Facts.Models, lease.Facts.Warnings, started, clock.Elapsed), counts, journal);
        }

        using (var list = PrivateFolder.CreateFile(Path.Combine(context.OutputFolder, ListFile)))
        {
            JsonSerializer.Serialize(list, results, JobResultJson.Default.ListJobResult);
        }

        context.Report(new JobProgress { Items = items.Count, ItemsDone = counts.Total, ItemsFailed = failed, Rate = RateOf(counts.Total, clock) });

        ItemResult Anonymize(MediaItem item)
        {
            var begun = DateTimeOffset.UtcNow;
            var extension = ExtensionOf(item, settings.Encoding);
            var target = Path.Combine(context.OutputFolder, (results.Count + 1).ToString("D6", CultureInfo.InvariantCulture) + extension);
            var progress = new FrameProgress(now => context.Report(new JobProgress
            {
                Items = items.Count, ItemsDone = counts.Total, ItemsFailed = failed, Rate = RateOf(counts.Total, clock), Frame = now.Done, Frames = now.Total > 0 ? now.Total : null,
            }));
            var result = lease.Process(new Assignment(AssignedWork.Anonymize, new PlannedItem(item, target)) { Time = limits.MaxFrameTime, Progress = progress }, cancellationToken);
            ApiTelemetry.Item(result, begun);
            if (result.Status == ItemStatus.Done)
            {
                results.Add(new JobResult(Path.GetFileName(target), names.Give(item.Name, extension)));
            }

            return result;
        }
    }

    private IEnumerable<(MediaItem Item, ItemResult? Problem)> ItemsOf(JobContext context, JobInput input)
    {
        var path = context.PathOf(input);
        if (input.ServerPath is null)
        {
            return [(new MediaItem(path, input.Name, MediaItemOrigin.Named), null)];
        }

        // Looked at again: what lay there when the job was accepted may have been replaced by a link since.
        var plan = Directory.Exists(path) && roots.Require(path) == path ? OutputPlan.Create([path], null).Items : [new PlannedItem(new MediaItem(path, input.Name, MediaItemOrigin.Named), null)];
        return plan.Select(planned => (planned.Item, planned.Problem is { } problem ? new ItemResult(planned.Item, null, ItemStatus.Failed) { Error = problem }
            : roots.Allows(planned.Item.Path) ? null
            : new ItemResult(planned.Item, null, ItemStatus.Failed) { Error = new ItemError("PathNotAllowed", "open", "Expected a file within an allowed root, but it leads elsewhere.", "") }));
    }

    private static string ExtensionOf(MediaItem item, EncodeOptions encoding)
    {
        var own = Path.GetExtension(item.Path);
        var start = new byte[PictureFormats.SignatureLength];
        try
        {
            using var file = File.OpenRead(item.Path);
            var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (!PictureFormats.TrySniff(start.AsSpan(0, read), out var format))
            {
                return own;
            }

            var target = encoding.Format ?? format;
            return target == PictureFormat.Heif ? PictureFormat.Avif.Extension() : target == format && PictureFormats.FromExtension(own) == format ? own : target.Extension();
        }
        catch (Exception error) when (StorageErrors.IsStorage(error))
        {
            // The pipeline will say what is wrong with it, in its own words.
            return own;
        }
    }

    private static VeilException ErrorOf(ItemResult result)
    {
        try
        {
            result.EnsureDone();
        }
        catch (VeilException error)
        {
            return error;
        }

        throw new InvalidOperationException("Expected an item that failed.");
    }

    private static double? RateOf(int done, Stopwatch clock) => done > 0 ? Math.Round(done / clock.Elapsed.TotalSeconds, 2) : null;

    private sealed class FrameProgress(Action<ItemProgress> report) : IProgress<ItemProgress>
    {
        public void Report(ItemProgress value) => report(value);
    }
}
