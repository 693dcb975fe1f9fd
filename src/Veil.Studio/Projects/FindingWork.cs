using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Editing;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>Looks for regions in items, leaves clear whoever is to stay so, and says what is doubtful. What was found by the same settings is not looked for again.</summary>
internal sealed class FindingWork : ItemWork
{
    private readonly string _project;
    private readonly string _key;
    private readonly string _chosenBy;
    private readonly IProjects _projects;
    private readonly RegionFiles _files;
    private readonly FaceMemory _faces;
    private readonly AnonymizerLease _lease;
    private readonly KeptPeople? _kept;
    private readonly Lazy<AnonymizerLease>? _choosing;

    /// <summary>Gets ready.</summary>
    /// <exception cref="VeilException">The settings cannot be used here.</exception>
    public FindingWork(Project project, IProjects projects, RegionFiles files, Anonymizers anonymizers, FaceMemory faces, CancellationToken cancellationToken)
    {
        (_project, _projects, _files, _faces) = (project.Id, projects, files, faces);
        (_key, _chosenBy) = (FindingKey.Of(project.Settings), KeptPeople.KeyOf(project));
        var settings = project.Settings with { People = null, Verify = VerifyOutput.Off };
        _lease = anonymizers.Lend(settings);
        _kept = KeptPeople.ReadAsync(project, faces, cancellationToken).GetAwaiter().GetResult();
        if (_kept is { Selection: var selection })
        {
            _choosing = new Lazy<AnonymizerLease>(() => anonymizers.Lend(settings with { People = selection }));
        }
    }

    /// <summary>Never by itself: who changed what is looked for asks for it to be found, and the run begins anew then.</summary>
    public override bool IsOutdatedBy(Project now) => false;

    /// <summary>Never: what was edited meanwhile is taken over.</summary>
    public override bool IsOutdatedBy(ProjectItem begun, ProjectItem now) => false;

    /// <inheritdoc/>
    public override ProjectItem Process(ProjectItem item, IProgress<ItemProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            var (stamp, before) = (RunJournal.InputStamp(item.Path), _files.Read(_project, item.Id));
            if (before is not null && item.FoundBy == _key && item.Stamp == stamp)
            {
                return Known(item, before, Choose(item, before, found: null, progress, cancellationToken));
            }

            progress = _choosing is not null && item.Kind == ItemKind.Film ? new TwoPasses(progress) : progress;
            var sampler = _faces.IsUsable ? new FaceSampler(FaceMemory.Bearer(item), _faces.Reader) : null;
            var result = sampler is null ? _lease.Anonymizer.Find(item.Path, progress, cancellationToken) : _lease.Anonymizer.Find(item.Path, sampler, progress, cancellationToken);
            if (result.Status != ItemStatus.Done || result.Info is not { } info)
            {
                return Failed(item, RunWork.Finding, result.Error ?? new ItemError(nameof(VeilErrorCode.NotAPicture), "open", "It is neither a picture nor a film.", "Convert it first, e.g. to JPEG or MP4."));
            }

            var opened = item with { Width = info.Width, Height = info.Height, Frames = Math.Max(1, result.Tally.Frames), FramesPerSecond = info.FramesPerSecond, FoundBy = _key, Stamp = stamp };
            if (sampler is not null)
            {
                _faces.Keep(_project, opened, stamp, sampler.Faces);
            }

            // What was edited meanwhile counts, too.
            before = _files.Read(_project, item.Id);
            var found = FoundRegions.Of(info, result.Frames);
            return Known(opened, before, Choose(opened, before is null ? found : FoundRegions.KeepEdits(found, before), found, progress, cancellationToken));
        }
        catch (VeilException error)
        {
            return Failed(item, RunWork.Finding, error, "detect");
        }
    }

    /// <inheritdoc/>
    public override void Complete() => _projects.Change(_project, project => project with { Stage = ProjectStage.Reviewing });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _lease.Dispose();
        if (_choosing is { IsValueCreated: true, Value: var lease })
        {
            lease.Dispose();
        }
    }

    private ReviewedItem Choose(ProjectItem item, ReviewedItem regions, ReviewedItem? found, IProgress<ItemProgress> progress, CancellationToken cancellationToken)
    {
        if (_kept is null || _choosing is null)
        {
            return found is null ? KeptPeople.Nobody(regions) : regions;
        }

        if (item.Kind == ItemKind.Picture)
        {
            return _kept.ChooseStill(item, regions, cancellationToken);
        }

        // In films the frames of a track speak for each other while they are followed: that is done anew.
        var result = _choosing.Value.Anonymizer.Find(item.Path, progress, cancellationToken);
        return result.Status == ItemStatus.Done ? KeptPeople.Take(regions, result.Frames) : throw new VeilException(
            VeilErrorCode.DetectionFailed, result.Error?.Message ?? "The film cannot be opened any more.", result.Error?.Hint ?? "Find again.");
    }

    private ProjectItem Known(ProjectItem item, ReviewedItem? before, ReviewedItem regions)
    {
        _files.Write(_project, item.Id, regions);
        var doubts = Doubting.Of(regions);
        return item with
        {
            State = ItemState.Ready,
            Error = null,
            Regions = regions.Frames.Sum(frame => frame.Regions.Count(region => region.IsCovered)),
            Doubts = doubts,
            Doubtfulness = Doubting.Weight(doubts),
            LookedAt = item.LookedAt && before is not null && regions.LooksAs(before),
            Revision = item.Revision + 1,
            ChosenBy = _chosenBy,
            Findings = [],
        };
    }
}
