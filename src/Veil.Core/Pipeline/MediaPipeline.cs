using Veil.Anonymization;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Pipeline;

/// <summary>
/// Takes one item from input to output: open → for each frame (detect → choose → cover → anonymize → …) → write; the frames of
/// a film are worked on by several threads (<see cref="FilmRun"/>). Steps do not catch; this class is the only place that turns an exception into a failed item, and it does so after the sink is
/// disposed, so that nothing of a failed item is left where output is expected.
/// One instance per worker; not thread-safe.
/// </summary>
public sealed class MediaPipeline : IItemProcessor
{
    private readonly IMediaFormat _format;
    private readonly IRegionProvider _regions;
    private readonly IFrameObserver? _explanations;
    private readonly TrackingPolicy? _tracking;
    private readonly RegionPolicies _policies;
    private readonly IAnonymizer? _anonymizer;
    private readonly PersonChooser? _people;
    private readonly List<IRegionProvider> _further = [];

    /// <summary>Creates the pipeline of one worker.</summary>
    /// <param name="format">Opens inputs and makes outputs.</param>
    /// <param name="regions">This worker's region provider; owned.</param>
    /// <param name="policies">How regions become covered pixels.</param>
    /// <param name="anonymizer">What happens to them; null to find regions only.</param>
    /// <param name="explanations">Receives each frame before and after; owned; null for none.</param>
    /// <param name="people">Chooses by person which regions are covered; null to cover all.</param>
    /// <param name="tracking">How regions are carried from frame to frame of moving pictures; null leaves each frame by itself.</param>
    public MediaPipeline(
        IMediaFormat format, IRegionProvider regions, RegionPolicies policies, IAnonymizer? anonymizer, IFrameObserver? explanations = null, PersonChooser? people = null,
        TrackingPolicy? tracking = null)
    {
        (_format, _regions, _explanations, _tracking) = (format, regions, explanations, tracking);
        (_policies, _anonymizer, _people) = (policies, anonymizer, people);
    }

    /// <summary>Called when a frame of a film is decoded and when a frame is done, never twice at a time; nobody by default.</summary>
    public Action<ItemProgress> FrameDone { get; init; } = _ => { };

    /// <summary>Who else looks at a film's frames; nobody by default.</summary>
    public FurtherSearchers? Further { get; init; }

    /// <inheritdoc/>
    public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var clock = new StepClock();
        var found = new Found();
        MediaInfo? info = null;
        try
        {
            using (var source = clock.Measure("open", () => _format.Open(item, cancellationToken)))
            {
                info = source.Info;
                Run(item, source, target, found, clock, cancellationToken);

                // Some things are known at the end only.
                info = source.Info;
            }

            return new ItemResult(item, target, ItemStatus.Done) { Info = info, Frames = found.Frames, Tally = found.Tally, Notes = info.Notes, Times = clock.Times };
        }
        catch (VeilException error) when (error.Code == VeilErrorCode.NotAPicture && item.Origin == MediaItemOrigin.Found)
        {
            return new ItemResult(item, null, ItemStatus.NotMedia) { Times = clock.Times };
        }
        catch (VeilException error)
        {
            return Failed(new ItemError(error.Code.ToString(), clock.Failed, error.Message, error.Hint));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Not a user's mistake but ours; the item fails closed like any other and the report carries what is needed to mend it.
            return Failed(new ItemError("Internal", clock.Failed, $"{error.GetType().Name}: {error.Message}", "This is a defect of Veil; please report it with the file's format and size."));
        }

        ItemResult Failed(ItemError error) =>
            new(item, target, ItemStatus.Failed) { Info = info, Frames = found.Frames, Tally = found.Tally, Error = error, Times = clock.Times };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _regions.Dispose();
        _further.ForEach(provider => provider.Dispose());
        _explanations?.Dispose();
    }

    private void Run(MediaItem item, IFrameSource source, string? target, Found all, StepClock clock, CancellationToken cancellationToken)
    {
        if (target is not null && _anonymizer is not null && source.Info.IsMoving && _regions.LooksAtStills)
        {
            TreatStills(item, source, _anonymizer, clock, cancellationToken);
        }

        using var sink = target is null ? null : _format.Create(source, target);
        if (source.Info.IsMoving)
        {
            RunFilm(item, source, sink, all, clock, cancellationToken);
        }
        else
        {
            RunStill(item, source, sink, all, clock, cancellationToken);
        }

        clock.Measure("detect", () => _regions.Complete(item, all.Tally.Frames));
        if (sink is not null)
        {
            clock.Measure("encode", () => sink.Complete(cancellationToken));
        }
    }

    private void RunStill(MediaItem item, IFrameSource source, IFrameSink? sink, Found all, StepClock clock, CancellationToken cancellationToken)
    {
        var treatment = new FrameTreatment(_policies, _anonymizer, _people, _explanations, clock);
        while (clock.Measure("decode", () => source.Read(cancellationToken)) is { } frame)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var state = new FrameState(item, frame);
            FrameOwner.DisposeOnFailure(frame, () =>
            {
                state.Regions = clock.Measure("detect", () => _regions.Find(item, frame, cancellationToken));
                treatment.Apply(state, cancellationToken);
                all.Add(state, FrameRecord.Kept);
            });
            Write(state.Frame, sink, clock);
            FrameDone(new ItemProgress(item, all.Tally.Frames, source.Info.Frames));
        }
    }

    /// <summary>Stills that belong to a film: pictures of their own, which count as none of its frames.</summary>
    private void TreatStills(MediaItem item, IFrameSource source, IAnonymizer anonymizer, StepClock clock, CancellationToken cancellationToken)
    {
        var treatment = new FrameTreatment(_policies, anonymizer, _people, explanations: null, clock);
        while (clock.Measure("decode", () => source.ReadStill(cancellationToken)) is { } still)
        {
            FrameOwner.DisposeOnFailure(still, () => treatment.Apply(
                new FrameState(item, still) { Regions = clock.Measure("detect", () => _regions.Find(item, still, cancellationToken)) }, cancellationToken));
            source.KeepStill(still);
        }
    }

    private void RunFilm(MediaItem item, IFrameSource source, IFrameSink? sink, Found all, StepClock clock, CancellationToken cancellationToken)
    {
        var tracking = _tracking?.AtRate(source.Info.FramesPerSecond);
        var treatment = new FrameTreatment(_policies, _anonymizer?.ForFilm(), tracking is null ? _people : null, _explanations, clock);
        var (done, gate, record) = (0, new Lock(), _anonymizer is null ? FrameRecord.Kept : FrameRecord.Counted);
        using var film = new FilmRun(item, Searchers(), tracking, _people, clock);
        film.Execute(source, Tell, Finish, cancellationToken);

        void Finish(FrameState state, CancellationToken cancel)
        {
            FrameOwner.DisposeOnFailure(state.Frame, () =>
            {
                treatment.Apply(state, cancel);
                all.Add(state, record);
            });
            Write(state.Frame, sink, clock);
            Volatile.Write(ref done, all.Tally.Frames);
            Tell();
        }

        void Tell()
        {
            lock (gate)
            {
                FrameDone(new ItemProgress(item, Volatile.Read(ref done), source.Info.Frames));
            }
        }
    }

    /// <summary>The pipeline's own provider and, from the first film on, those beside it.</summary>
    private IReadOnlyList<IRegionProvider> Searchers()
    {
        while (_further.Count < (Further?.Count ?? 0))
        {
            _further.Add(Further!.Create());
        }

        return [_regions, .. _further];
    }

    private static void Write(Frame frame, IFrameSink? sink, StepClock clock)
    {
        if (sink is null)
        {
            frame.Dispose();
        }
        else
        {
            clock.Measure("encode", () => sink.Write(frame));
        }
    }

    /// <summary>What becomes of a frame's regions when it is done.</summary>
    private enum FrameRecord
    {
        /// <summary>They are part of the result.</summary>
        Kept,

        /// <summary>Their number is: those of all frames of a film would grow with it.</summary>
        Counted,
    }

    // Regions are kept until the run is through, and masks are as large as what they show.
    private static Region Kept(Region region) => region.Mask is null ? region : region with { Mask = region.Mask.Packed() };

    /// <summary>What is known of an item's frames so far.</summary>
    private sealed class Found
    {
        public List<FrameRegions> Frames { get; } = [];

        public FrameTally Tally { get; private set; }

        public void Add(FrameState state, FrameRecord record)
        {
            Tally = Tally.With(state);
            if (record == FrameRecord.Kept)
            {
                Frames.Add(new FrameRegions(state.Frame.Index, state.Frame.Timestamp, [.. state.Regions.Select(Kept)]) { People = state.People, Clear = [.. state.Clear.Select(Kept)] });
            }
        }
    }
}
