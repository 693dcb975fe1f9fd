using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Editing;
using Veil.Studio.Projects.People;
using Veil.Tracking;

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
    private readonly TrackingPolicy? _tracking;

    /// <summary>Gets ready.</summary>
    /// <exception cref="VeilException">The settings cannot be used here.</exception>
    public FindingWork(Project project, IProjects projects, RegionFiles files, Anonymizers anonymizers, FaceMemory faces, CancellationToken cancellationToken)
    {
        (_project, _projects, _files, _faces) = (project.Id, projects, files, faces);
        (_key, _chosenBy) = (FindingKey.Of(project.Settings), KeptPeople.KeyOf(project));
        _tracking = project.Settings.Tracking;
        _lease = anonymizers.Lend(project.Settings with { People = null, Verify = VerifyOutput.Off });
        _kept = KeptPeople.ReadAsync(project, faces, cancellationToken).GetAwaiter().GetResult();
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
                var choices = Choose(item, before, progress, cancellationToken);

                // What was edited meanwhile counts, too.
                before = _files.Read(_project, item.Id) ?? before;
                return Known(item, before, KeptPeople.Take(before, choices));
            }

            var sampler = _faces.IsUsable ? new FaceSampler(FaceMemory.Bearer(item), _faces.Reader) : null;
            var judge = item.Kind == ItemKind.Film && sampler is not null ? _kept?.Judge(sampler) : null;
            var result = ((IFrameObserver?)judge ?? sampler) is { } witness
                ? _lease.Anonymizer.Find(item.Path, witness, progress, cancellationToken)
                : _lease.Anonymizer.Find(item.Path, progress, cancellationToken);
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
            var regions = before is null ? found : FoundRegions.KeepEdits(found, before);
            return Known(opened, before, KeptPeople.Take(regions, judge?.Decide(ReachIn(opened)) ?? Choose(opened, regions, progress, cancellationToken)));
        }
        catch (VeilException error)
        {
            return Failed(item, RunWork.Finding, error, "detect");
        }
    }

    /// <inheritdoc/>
    public override void Complete() => _projects.Change(_project, project => project with { Stage = ProjectStage.Reviewing });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _lease.Dispose();

    private IReadOnlyList<FrameRegions> Choose(ProjectItem item, ReviewedItem regions, IProgress<ItemProgress> progress, CancellationToken cancellationToken) => _kept is null ? []
        : item.Kind == ItemKind.Film ? _kept.ChooseFilm(item, regions, ReachIn(item), progress, cancellationToken)
        : _kept.ChooseStill(item, regions, _faces.Known(_project, item), cancellationToken);

    // As far as in a run that finds and chooses at once.
    private int ReachIn(ProjectItem film) => (_tracking?.AtRate(film.FramesPerSecond).LookAhead ?? 0) / 2;

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
