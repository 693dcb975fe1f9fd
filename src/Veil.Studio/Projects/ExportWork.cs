using System.Diagnostics;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>
/// Writes results: each is made, and checked where that is asked for, in a folder of the project's own, and only then copied under a temporary
/// name into the folder of results and renamed.
/// </summary>
internal sealed class ExportWork : ItemWork
{
    private readonly Project _project;
    private readonly ExportTarget _target;
    private readonly string _key;
    private readonly string _foundBy;
    private readonly string _chosenBy;
    private readonly string _folder;
    private readonly string _staging;
    private readonly IProjects _projects;
    private readonly RegionFiles _files;
    private readonly AnonymizerLease _lease;
    private readonly AnonymizerLease? _checking;
    private readonly ResultCheck? _check;
    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly Lock _gate = new();
    private readonly RunJournal _journal;
    private readonly RunCounts _counts = new();
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly long _clock = Stopwatch.GetTimestamp();

    /// <summary>Gets ready.</summary>
    /// <exception cref="VeilException">The settings cannot be used here, or the folder cannot be written.</exception>
    public ExportWork(Project project, ExportTarget target, IProjects projects, RegionFiles files, Anonymizers anonymizers)
    {
        (_project, _target, _projects, _files) = (project, target, projects, files);
        (_key, _foundBy, _chosenBy) = (Anonymizers.KeyOf(project.Settings), FindingKey.Of(project.Settings), KeptPeople.KeyOf(project));
        _folder = target.PlaceFor(project.Id, projects);
        _staging = projects.FolderOf(project.Id, "staging");
        _names = ExportFolder.Names(project);
        var settings = project.Settings with { People = null, Existing = OverwritePolicy.Replace };
        _lease = anonymizers.Lend(settings with { Verify = VerifyOutput.Off });
        if (target.Verify != VerifyOutput.Off)
        {
            _checking = anonymizers.Lend(settings with { Verify = target.Verify });
            _check = new ResultCheck(_checking.Anonymizer);
        }

        foreach (var left in Directory.EnumerateFileSystemEntries(_staging))
        {
            DeleteEntry(left);
        }

        _journal = RunJournal.Open(_folder, "studio " + project.Id);
        TemporaryFile.RemoveIn(_folder);
    }

    /// <summary>By any change of how things are covered: results of one export are made alike.</summary>
    public override bool IsOutdatedBy(Project now) =>
        (!ReferenceEquals(now.Settings, _project.Settings) && Anonymizers.KeyOf(now.Settings) != _key) || (!ReferenceEquals(now.Kept, _project.Kept) && KeptPeople.KeyOf(now) != _chosenBy);

    /// <summary>By edits.</summary>
    public override bool IsOutdatedBy(ProjectItem begun, ProjectItem now) => now.Revision != begun.Revision;

    /// <inheritdoc/>
    public override ProjectItem Process(ProjectItem item, IProgress<ItemProgress> progress, CancellationToken cancellationToken)
    {
        var (staged, again) = (Path.Combine(_staging, item.Id + Path.GetExtension(PlaceOf(item))), RunWork.Exporting);
        try
        {
            // An older result of the same item must not stand for one that fails now.
            if (File.Exists(PlaceOf(item)))
            {
                File.Delete(PlaceOf(item));
            }

            // Where its regions are not right any more, exporting it again would not help.
            again = RunWork.Finding;
            var regions = RightRegions(item);
            again = RunWork.Exporting;
            var result = Make(item, regions, staged, progress, cancellationToken);
            if (result.Status == ItemStatus.Done)
            {
                Publish(staged, PlaceOf(item), cancellationToken);
            }

            var ended = result with { Item = result.Item with { Name = _names[item.Id], ReportedName = _names[item.Id] }, Target = PlaceOf(item), Notes = [.. result.Notes, .. DecidedNotes.Of(regions)] };
            Record(ended);
            return After(item, ended);
        }
        catch (VeilException error)
        {
            return Refused(item, again, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(item, RunWork.Exporting, new ItemError(nameof(VeilErrorCode.UnwritableOutput), "export", "The result cannot be written: " + error.Message, "Check the folder's permissions and free space."));
        }
        finally
        {
            DeleteEntry(staged);
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        var now = _projects.Find(_project.Id);
        ExportReports.Write(_projects, now ?? _project, _target, _folder, (_checking ?? _lease).Anonymizer, _journal, _counts, _started, Stopwatch.GetElapsedTime(_clock));
        _projects.Change(_project.Id, project => project with { Stage = ProjectStage.Exported });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _journal.Dispose();
        _lease.Dispose();
        _checking?.Dispose();
        _check?.Dispose();
    }

    private static ProjectItem After(ProjectItem item, ItemResult result)
    {
        var findings = result.Verification?.Findings ?? [];
        var worth = findings.Where(finding => finding.Tone != Pipeline.Verification.FindingTone.Note).ToList();
        var doubts = item.Doubts.Where(doubt => doubt.Reason != DoubtReason.VerifyFinding).ToList();
        if (worth.Count > 0)
        {
            doubts.Insert(0, new Doubt(DoubtReason.VerifyFinding, worth.Find(finding => finding.Place is not null)?.Place?.Frame ?? 0));
        }

        return item with
        {
            State = result.Status == ItemStatus.Done ? ItemState.Exported : ItemState.Failed,
            Again = RunWork.Exporting,
            Error = result.Status == ItemStatus.Done ? null : result.Error ?? new ItemError("Internal", "export", "It could not be written.", ""),
            Findings = [.. worth.Select(finding => finding.Message)],
            Doubts = doubts,
            Doubtfulness = Doubting.Weight(doubts),
        };
    }

    private static void DeleteEntry(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>The regions of an item, which are those of the original as it is and of the choices that are made now.</summary>
    /// <exception cref="VeilException">They are not: it has to be found again.</exception>
    private ReviewedItem RightRegions(ProjectItem item)
    {
        if (item.Stamp != RunJournal.InputStamp(item.Path))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, "The original has changed, or is gone, since people were looked for in it.", "Bring it back, or find again.");
        }

        if (item.IsOutdated(_foundBy, _chosenBy))
        {
            throw new VeilException(VeilErrorCode.InvalidRegions, "What is covered was chosen anew since people were looked for in it.", "Find again.");
        }

        return _files.Read(_project.Id, item.Id) ?? throw new VeilException(VeilErrorCode.InvalidRegions, "What was found in it is gone.", "Find again.");
    }

    private ProjectItem Refused(ProjectItem item, RunWork again, VeilException error)
    {
        var failed = Failed(item, again, error, "export");
        Record(new ItemResult(new MediaItem(item.Path, _names[item.Id], MediaItemOrigin.Named), null, ItemStatus.Failed) { Error = failed.Error });
        return failed;
    }

    // Who stays clear on purpose would be found by a check that does not know it: that one is made apart.
    private ItemResult Make(ProjectItem item, ReviewedItem regions, string staged, IProgress<ItemProgress> progress, CancellationToken cancellationToken)
    {
        var clear = regions.Frames.Any(frame => frame.Regions.Any(region => !region.IsCovered));
        var anonymizer = clear || _checking is null ? _lease.Anonymizer : _checking.Anonymizer;
        progress = _target.Verify == VerifyOutput.Off ? progress : new TwoPasses(progress);
        var made = anonymizer.Apply(item.Path, regions.ToTimeline(_names[item.Id]), staged, progress, cancellationToken);
        return clear && _check is not null && made.Status == ItemStatus.Done ? _check.Judge(made, staged, regions, progress, cancellationToken) : made;
    }

    private string PlaceOf(ProjectItem item) => ExportFolder.PlaceOf(_folder, _names[item.Id]);

    private static void Publish(string staged, string place, CancellationToken cancellationToken)
    {
        using var input = new FileStream(staged, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var draft = new OutputFile(place, OverwritePolicy.Replace).Begin(input.Length);
        using (var output = new FileStream(draft.Path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var buffer = new byte[1 << 18];
            for (int read; (read = input.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                output.Write(buffer.AsSpan(0, read));
            }
        }

        draft.Complete();
    }

    private void Record(ItemResult result)
    {
        lock (_gate)
        {
            _journal.Add(result);
            _counts.Add(result);
        }
    }
}
