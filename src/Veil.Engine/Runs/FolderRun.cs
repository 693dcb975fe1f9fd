using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;

namespace Veil.Engine.Runs;

/// <summary>Works through a folder: journal, workers, report.</summary>
/// <param name="anonymizer">Does each item.</param>
/// <param name="options">How.</param>
internal sealed class FolderRun(Anonymizer anonymizer, FolderOptions options)
{
    private const string Command = "anonymize-folder";

    /// <summary>Does it.</summary>
    public async Task<RunCounts> ExecuteAsync(string folder, string output, IProgress<ItemResult>? done, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1, nameof(options));
        var plan = OutputPlan.Create([folder], output, anonymizer.Settings.Encoding.Format?.Extension());
        if (plan.Items.Count == 0)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no file in {folder}.", "Hidden files and links to folders are passed over.");
        }

        var target = plan.Folder ?? throw new VeilException(VeilErrorCode.InvalidOption, $"'{output}' is no folder.", "Name a folder for the results.");
        var described = anonymizer.Options;
        var (started, clock, counts) = (DateTimeOffset.UtcNow, Stopwatch.StartNew(), new RunCounts());
        using var journal = RunJournal.Open(target, Hash(described), plan.Naming);
        var items = RunPreparation.Prepare(plan, journal);
        var run = new RecordedRun(journal, counts)
        {
            IsDone = planned => anonymizer.Settings.Existing == OverwritePolicy.Refuse && journal.HasDone(planned),
            Counted = result => done?.Report(result),
        };
        await run.ExecuteAsync(items, options.Jobs, () => new Shared(anonymizer), cancellationToken).ConfigureAwait(false);

        using (var report = File.Create(Path.Combine(target, "veil-report.json")))
        {
            RunReport.Write(report, new RunHeader(Command, described, anonymizer.Models, anonymizer.Warnings, started, clock.Elapsed), counts, journal);
        }

        return counts;
    }

    private string Hash(IReadOnlyDictionary<string, string> described) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        Command + "\n" + string.Concat(described.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}\n")) + anonymizer.Prepared.Finder.Fingerprint)));

    private sealed class Shared(Anonymizer anonymizer) : IItemProcessor
    {
        public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken) =>
            anonymizer.Process(new PlannedItem(item, target), progress: null, cancellationToken);

        public void Dispose()
        {
        }
    }
}
