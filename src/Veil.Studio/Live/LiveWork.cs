using Veil.Errors;
using Veil.Video.Live;

namespace Veil.Studio.Live;

/// <summary>
/// What becomes of a socket's frames: a session that follows the page's choices from frame to frame. It begins anew, with grey frames, only where nothing
/// was shown before, or where the search for the old choice does not come to its end.
/// </summary>
/// <param name="rooms">Knows how choices are put to work.</param>
/// <param name="choices">What the user chose.</param>
/// <param name="feed">The frames.</param>
/// <param name="outbox">Where anonymized ones go.</param>
/// <param name="refused">Called when a frame is none.</param>
internal sealed class LiveWork(LiveRooms rooms, LiveChoices choices, CameraFeed feed, PageOutbox outbox, Action refused)
{
    private static readonly TimeSpan HealthEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private LivePace _pace = new(LiveDelay.Automatic);
    private LiveChoice? _paced;
    private bool _hasArrived;

    /// <summary>Told when anything that can be read here has changed, from any thread.</summary>
    public required Action<LiveWork> Told { get; init; }

    /// <summary>What it is doing.</summary>
    public LiveState State { get; private set; } = LiveState.Preparing;

    /// <summary>True while frames are still covered as was chosen before.</summary>
    public bool IsChanging { get; private set; }

    /// <summary>What happened in the last second; null before there is a session.</summary>
    public LiveHealth? Health { get; private set; }

    /// <summary>Between a frame's arrival and its showing.</summary>
    public TimeSpan Latency { get; private set; }

    /// <summary>What the user should know about what is in force.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Why nothing is shown; null while all is well.</summary>
    public VeilException? Problem { get; private set; }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Tell(LiveState.Preparing);
            try
            {
                await ServeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The end, or a newer choice before the first session.
            }
            catch (RefusedChoiceException refusal)
            {
                Tell(LiveState.Refused, refusal.Problem);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, refusal.Replaced);
                await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One session, for as long as it can follow what is chosen.</summary>
    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (choice, replaced) = choices.Latest;
        SetPace(choice);
        var treatment = await PrepareAsync(choice, replaced, end.Token).ConfigureAwait(false);
        var options = new LiveOptions { Latency = Latency, HealthEvery = HealthEvery, LongestSide = 0 };
        using var session = new LiveSession(new CameraSource(feed, refused), new PageSink(outbox), options, treatment, TimeProvider.System);
        var running = session.RunAsync(health => Judge(health, session), end.Token);
        try
        {
            LiveChoice? inForce = choice;
            while (await LastsUntilAsync(running, replaced, end.Token).ConfigureAwait(false))
            {
                (choice, replaced) = choices.Latest;
                SetPace(choice, session);
                if (inForce is not null && choice == inForce with { Delay = choice.Delay })
                {
                    Tell(State);
                    continue;
                }

                // A change that is given up halfway may yet take over: from here on nothing is known to be in force.
                inForce = null;
                if (!await TryChangeAsync(session, choice, replaced, end.Token).ConfigureAwait(false))
                {
                    if (!replaced.IsCancellationRequested)
                    {
                        return;
                    }

                    continue;
                }

                inForce = choice;
            }
        }
        catch (VeilException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RefusedChoiceException(problem, replaced);
        }
        finally
        {
            // No session outlives what was thrown: frames of a choice that cannot be made true go nowhere.
            await end.CancelAsync().ConfigureAwait(false);
            await running.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
            IsChanging = false;
        }
    }

    /// <summary>Waits for a newer choice.</summary>
    /// <returns>False when the session came to its end by itself.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    private static async Task<bool> LastsUntilAsync(Task running, CancellationToken replaced, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(replaced, end);
        var first = await Task.WhenAny(running, Task.Delay(Timeout.InfiniteTimeSpan, either.Token)).ConfigureAwait(false);
        end.ThrowIfCancellationRequested();
        if (first == running)
        {
            await running.ConfigureAwait(false);
            return false;
        }

        return true;
    }

    /// <summary>Makes a choice true from one frame to the next.</summary>
    /// <returns>False when a newer one was made meanwhile, or when what searches for the old one does not come to its end.</returns>
    private async Task<bool> TryChangeAsync(LiveSession session, LiveChoice choice, CancellationToken replaced, CancellationToken end)
    {
        IsChanging = true;
        Tell(State);
        try
        {
            var treatment = await PrepareAsync(choice, replaced, end).ConfigureAwait(false);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(replaced, end);
            await session.ChangeAsync(treatment, either.Token).ConfigureAwait(false);
            (IsChanging, Problem) = (false, null);
            Tell(State);
            return true;
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return false;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<LiveTreatment> PrepareAsync(LiveChoice choice, CancellationToken replaced, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(replaced, end);
        var stop = either.Token;
        try
        {
            var (treatment, warnings) = await Task.Run(() => rooms.Prepare(choice, stop), stop).ConfigureAwait(false);
            Warnings = warnings;
            return treatment;
        }
        catch (VeilException problem)
        {
            throw new RefusedChoiceException(problem, replaced);
        }
    }

    /// <summary>A delay that was chosen begins; one that adapts itself goes on from where it is, and may get shorter again, since the work is another.</summary>
    private void SetPace(LiveChoice choice, LiveSession? session = null)
    {
        lock (_gate)
        {
            if (_paced?.Delay == choice.Delay)
            {
                _pace.Renew();
            }
            else
            {
                _pace = new LivePace(choice.Delay);
            }

            (_paced, Latency) = (choice, _pace.Latency);
        }

        session?.Change(Latency);
    }

    private void Judge(LiveHealth health, LiveSession session)
    {
        bool isStruggling;
        lock (_gate)
        {
            if (_pace.Adapts(health))
            {
                Latency = _pace.Latency;
                session.Change(Latency);
            }

            isStruggling = _pace.IsStruggling;
        }

        Health = health;
        _hasArrived |= health.Arrived > 0;
        var seen = health.LongestSearch > TimeSpan.Zero;
        Tell(health switch
        {
            { Arrived: 0 } when _hasArrived => LiveState.Silent,
            { Arrived: 0 } => LiveState.Preparing,
            _ when !seen && health.Shown == 0 => LiveState.Preparing,
            _ => isStruggling ? LiveState.Struggling : LiveState.Covering,
        });
    }

    private void Tell(LiveState state, VeilException? problem = null)
    {
        (State, Problem) = (state, problem);
        Told(this);
    }

    /// <summary>A choice that cannot be made true here.</summary>
    private sealed class RefusedChoiceException(VeilException problem, CancellationToken replaced) : Exception(problem.Message, problem)
    {
        public VeilException Problem { get; } = problem;

        /// <summary>Cancelled when another is made.</summary>
        public CancellationToken Replaced { get; } = replaced;
    }
}
