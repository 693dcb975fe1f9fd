using System.Diagnostics;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Pipeline;

/// <summary>
/// Takes one item from input to output: open → for each frame (detect → choose → cover → anonymize → …) → write. Steps do not
/// catch; this class is the only place that turns an exception into a failed item, and it does so after the sink is
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

    /// <summary>Called on the pipeline's thread when a frame is decoded and when it is done; nobody by default.</summary>
    public Action<ItemProgress> FrameDone { get; init; } = _ => { };

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
            return Failed(new ItemError(error.Code.ToString(), clock.Current, error.Message, error.Hint));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Not a user's mistake but ours; the item fails closed like any other and the report carries what is needed to mend it.
            return Failed(new ItemError("Internal", clock.Current, $"{error.GetType().Name}: {error.Message}", "This is a defect of Veil; please report it with the file's format and size."));
        }

        ItemResult Failed(ItemError error) =>
            new(item, target, ItemStatus.Failed) { Info = info, Frames = found.Frames, Tally = found.Tally, Error = error, Times = clock.Times };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _regions.Dispose();
        _explanations?.Dispose();
    }

    private void Run(MediaItem item, IFrameSource source, string? target, Found all, StepClock clock, CancellationToken cancellationToken)
    {
        using var sink = target is null ? null : _format.Create(source, target);
        var film = source.Info.IsMoving ? _tracking?.AtRate(source.Info.FramesPerSecond) : null;
        using var window = new FrameWindow(film);
        using var chooser = film is not null && _people is not null ? new FilmChooser(_people, film.LookAhead / 2) : null;
        var steps = Steps(chooser is null ? _people : null, source.Info.IsMoving ? _anonymizer?.ForFilm() : _anonymizer);
        while (clock.Measure("decode", () => source.Read(cancellationToken)) is { } frame)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Owned(frame, () => Add(frame));
            FrameDone(new ItemProgress(item, all.Tally.Frames, source.Info.Frames));
            Finish();
        }

        window.Complete();
        Finish();
        chooser?.Complete();
        FinishChosen();
        _regions.Complete(item, all.Tally.Frames);
        if (sink is not null)
        {
            clock.Measure("encode", () => sink.Complete(cancellationToken));
        }

        void Add(Frame frame)
        {
            if (film is null)
            {
                window.Add(frame, Find);
            }
            else
            {
                clock.Measure("track", () => window.Add(frame, Find));
            }

            IReadOnlyList<Region> Find() => clock.Measure("detect", () => _regions.Find(item, frame, cancellationToken));
        }

        void Finish()
        {
            while (window.TryTake() is var (frame, regions))
            {
                if (chooser is null)
                {
                    FinishOne(new FrameState(item, frame) { Regions = regions });
                    continue;
                }

                Owned(frame, () => clock.Measure("choose", () => chooser.Add(frame, regions, cancellationToken)));
                FinishChosen();
            }
        }

        void FinishChosen()
        {
            while (chooser?.TryTake() is var (frame, choice))
            {
                FinishOne(new FrameState(item, frame) { Regions = choice.Hidden, People = choice.Counts });
            }
        }

        void FinishOne(FrameState state)
        {
            var frame = state.Frame;
            Owned(frame, () =>
            {
                state.Regions = frame.IsDamaged ? [WholeFrame.Of(frame)] : state.Regions;
                foreach (var step in steps)
                {
                    clock.Measure(step.Name, () => step.Run(state, cancellationToken));
                }

                all.Tally = all.Tally.With(state);
                if (_anonymizer is null || !source.Info.IsMoving)
                {
                    all.Frames.Add(new FrameRegions(frame.Index, frame.Timestamp, [.. state.Regions.Select(Kept)]) { People = state.People });
                }
            });
            if (sink is null)
            {
                frame.Dispose();
            }
            else
            {
                clock.Measure("encode", () => sink.Write(frame));
            }

            FrameDone(new ItemProgress(item, all.Tally.Frames, source.Info.Frames));
        }
    }

    private FrameStep[] Steps(PersonChooser? people, IAnonymizer? anonymizer)
    {
        FrameStep?[] steps =
        [
            people is null ? null : new("choose", (state, cancel) => Choose(state, people, cancel)),
            new("cover", (state, _) => state.Covered = Cover(state, _policies)),
            _explanations is null ? null : new("explain", (state, _) => _explanations.Before(state.Item, state.Frame, state.Covered)),
            anonymizer is null ? null : new("anonymize", (state, _) => Anonymize(state, anonymizer)),
            _explanations is null ? null : new("explain", (state, _) => _explanations.After(state.Item, state.Frame)),
        ];
        return [.. steps.OfType<FrameStep>()];
    }

    /// <summary>Does something with a frame that nobody else would dispose of when it fails.</summary>
    private static void Owned(Frame frame, Action action)
    {
        var done = false;
        try
        {
            action();
            done = true;
        }
        finally
        {
            if (!done)
            {
                frame.Dispose();
            }
        }
    }

    private static void Anonymize(FrameState state, IAnonymizer anonymizer)
    {
        if (state.Frame.IsDamaged)
        {
            // Methods keep something of a picture; of this one nobody knows what that would be.
            FrameCover.Black(state.Frame);
        }
        else
        {
            FrameCover.Apply(state.Frame, state.Covered, anonymizer);
        }
    }

    private static void Choose(FrameState state, PersonChooser people, CancellationToken cancellationToken)
    {
        if (state.Frame.IsDamaged)
        {
            return;
        }

        var choice = people.Choose(state.Frame, state.Regions, cancellationToken);
        (state.Regions, state.People) = (choice.Hidden, choice.Counts);
    }

    private static List<CoveredRegion> Cover(FrameState state, RegionPolicies policies)
    {
        var covered = new List<CoveredRegion>(state.Regions.Count);
        foreach (var region in state.Regions)
        {
            if (policies.Cover(region, state.Frame.Width, state.Frame.Height) is { } one)
            {
                covered.Add(one);
            }
        }

        return covered;
    }

    // Regions are kept until the run is through, and masks are as large as what they show.
    private static Region Kept(Region region) => region.Mask is null ? region : region with { Mask = region.Mask.Packed() };

    /// <summary>What is known of an item's frames so far.</summary>
    private sealed class Found
    {
        public List<FrameRegions> Frames { get; } = [];

        public FrameTally Tally { get; set; }
    }

    /// <summary>Sums wall-clock time by step, and knows which step is running.</summary>
    private sealed class StepClock
    {
        private readonly List<StepTime> _times = [];

        public string Current { get; private set; } = "open";

        public IReadOnlyList<StepTime> Times => _times;

        public void Measure(string step, Action action) => Measure<object?>(step, () =>
        {
            action();
            return null;
        });

        public T Measure<T>(string step, Func<T> action)
        {
            Current = step;
            var start = Stopwatch.GetTimestamp();
            try
            {
                return action();
            }
            finally
            {
                var spent = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                var known = _times.FindIndex(time => time.Step == step);
                if (known < 0)
                {
                    _times.Add(new StepTime(step, spent));
                }
                else
                {
                    _times[known] = new StepTime(step, _times[known].Milliseconds + spent);
                }
            }
        }
    }
}
