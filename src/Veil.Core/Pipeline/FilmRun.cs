using System.Collections.Concurrent;
using Veil.Identity;
using Veil.Tracking;

namespace Veil.Pipeline;

/// <summary>
/// Takes the frames of one film through stages that work at the same time, each in a thread of its own: read → look for
/// regions (in several threads) → follow and choose → finish. Frames are read, followed and finished in order; those that
/// are looked at in any case are looked at ahead. Queues between the stages are short, so that memory does not grow with the
/// film. What comes out does not depend on the number of threads or on their pace. For one film.
/// </summary>
internal sealed class FilmRun : IDisposable
{
    /// <summary>Frames that are read ahead of those being followed, for each thread that looks for regions.</summary>
    private const int Ahead = 4;

    /// <summary>Frames whose regions are known and that wait to be finished.</summary>
    private const int Behind = 2;

    private readonly MediaItem _item;
    private readonly IReadOnlyList<IRegionProvider> _searchers;
    private readonly TrackingPolicy? _tracking;
    private readonly StepClock _clock;
    private readonly BlockingCollection<FrameSearch> _read;
    private readonly BlockingCollection<FrameSearch> _asked;
    private readonly BlockingCollection<FrameState> _known = new(Behind);
    private readonly FrameWindow _window;
    private readonly FilmChooser? _chooser;

    /// <summary>Gets ready.</summary>
    /// <param name="item">The film.</param>
    /// <param name="searchers">Look for regions, each in its own thread; at least one.</param>
    /// <param name="tracking">How regions are carried, at the film's rate; null leaves each frame by itself.</param>
    /// <param name="people">Chooses by person, frames of a track speaking for each other; null to cover all, or where frames stand for themselves.</param>
    /// <param name="clock">Measures the steps.</param>
    public FilmRun(MediaItem item, IReadOnlyList<IRegionProvider> searchers, TrackingPolicy? tracking, PersonChooser? people, StepClock clock)
    {
        (_item, _searchers, _tracking, _clock) = (item, searchers, tracking, clock);
        _read = new(Ahead * searchers.Count);
        _asked = new(Ahead * searchers.Count);
        _window = new FrameWindow(tracking);
        _chooser = people is null || tracking is null ? null : new FilmChooser(people, tracking.LookAhead / 2);
    }

    /// <summary>Takes all frames through.</summary>
    /// <param name="source">Its frames.</param>
    /// <param name="wasRead">Called after each frame that was read, on a thread of its own.</param>
    /// <param name="finish">Takes over each frame, in order, on another thread of its own.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    public void Execute(IFrameSource source, Action wasRead, Action<FrameState, CancellationToken> finish, CancellationToken cancellationToken)
    {
        using var threads = new StageThreads(cancellationToken);
        threads.Start(cancel => Read(source, wasRead, cancel));
        foreach (var searcher in _searchers)
        {
            threads.Start(cancel => Search(searcher, cancel));
        }

        threads.Start(cancel => Follow(cancel));
        threads.Start(cancel => Finish(finish, cancel));
        threads.Join();
    }

    /// <summary>Frees the frames of a film that was abandoned.</summary>
    public void Dispose()
    {
        while (_read.TryTake(out var search))
        {
            search.Frame.Dispose();
        }

        while (_known.TryTake(out var state))
        {
            state.Frame.Dispose();
        }

        _window.Dispose();
        _chooser?.Dispose();
        _read.Dispose();
        _asked.Dispose();
        _known.Dispose();
    }

    private void Read(IFrameSource source, Action wasRead, CancellationToken cancel)
    {
        var schedule = _tracking is null ? null : new LookSchedule(_tracking);
        while (_clock.Measure("decode", () => source.Read(cancel)) is { } frame)
        {
            // Whatever may be looked at by another thread lies where it is freed after all threads have ended.
            FrameSearch? search = null;
            FrameOwner.DisposeOnFailure(frame, () =>
            {
                var luma = schedule is null ? null : _clock.Measure("track", () => FrameSearch.LumaOf(frame));
                search = new FrameSearch(frame, luma) { IsAskedFor = luma is null || schedule!.Next(luma).IsLookedAt };
                _read.Add(search, cancel);
            });
            if (search!.IsAskedFor)
            {
                _asked.Add(search, cancel);
            }

            wasRead();
        }

        _read.CompleteAdding();
    }

    private void Search(IRegionProvider searcher, CancellationToken cancel)
    {
        foreach (var search in _asked.GetConsumingEnumerable(cancel))
        {
            search.Complete(_clock.Measure("detect", () => searcher.Find(_item, search.Frame, cancel)));
        }
    }

    private void Follow(CancellationToken cancel)
    {
        foreach (var search in _read.GetConsumingEnumerable(cancel))
        {
            if (_clock.Measure("track", () => _window.Advance(search.Frame, search.Luma)))
            {
                if (!search.IsAskedFor)
                {
                    _asked.Add(search, cancel);
                }

                var found = search.Wait(cancel);
                _clock.Measure("track", () => _window.Detect(found));
            }

            Choose(cancel);
        }

        _asked.CompleteAdding();
        _window.Complete();
        Choose(cancel);
        _chooser?.Complete();
        HandOnChosen(cancel);
        _known.CompleteAdding();
    }

    private void Choose(CancellationToken cancel)
    {
        while (_window.TryTake() is var (frame, regions))
        {
            if (_chooser is null)
            {
                HandOn(new FrameState(_item, frame) { Regions = regions }, cancel);
                continue;
            }

            FrameOwner.DisposeOnFailure(frame, () => _clock.Measure("choose", () => _chooser.Add(frame, regions, cancel)));
            HandOnChosen(cancel);
        }
    }

    private void HandOnChosen(CancellationToken cancel)
    {
        while (_chooser?.TryTake() is var (frame, choice))
        {
            HandOn(new FrameState(_item, frame) { Regions = choice.Hidden, Clear = choice.Clear, People = choice.Counts }, cancel);
        }
    }

    private void HandOn(FrameState state, CancellationToken cancel) => FrameOwner.DisposeOnFailure(state.Frame, () => _known.Add(state, cancel));

    private void Finish(Action<FrameState, CancellationToken> finish, CancellationToken cancel)
    {
        foreach (var state in _known.GetConsumingEnumerable(cancel))
        {
            finish(state, cancel);
        }
    }
}
