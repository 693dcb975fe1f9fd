using System.Net.WebSockets;
using System.Security.Cryptography;
using Veil.Errors;
using Veil.Video.Live;

namespace Veil.Studio.Live;

/// <summary>
/// The camera of one page: what was chosen for it, the socket that its frames come and go by, and how it is doing. Frames live in memory alone, and
/// no longer than the delay. Disposing it ends everything at once. Thread-safe.
/// </summary>
internal sealed class LiveRoom : IAsyncDisposable
{
    private static readonly TimeSpan HealthEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly LiveRooms _rooms;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource _round = new();
    private LiveChoice _choice = new();
    private bool _again;
    private Task? _serving;

    internal LiveRoom(LiveRooms rooms) => _rooms = rooms;

    /// <summary>Told when anything that can be read here has changed, from any thread.</summary>
    public event Action? Changed;

    /// <summary>Names it in the socket's address; not to be guessed.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What it is doing.</summary>
    public LiveState State { get; private set; }

    /// <summary>What happened in the last second; null before there is a session.</summary>
    public LiveHealth? Health { get; private set; }

    /// <summary>Between a frame's arrival and its showing.</summary>
    public TimeSpan Latency { get; private set; }

    /// <summary>What the user should know about what was chosen.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Why nothing is shown; null while all is well.</summary>
    public VeilException? Problem { get; private set; }

    /// <summary>True while frames may come.</summary>
    public bool IsServing => _serving is { IsCompleted: false };

    /// <summary>Changes what is found and how it is covered. The camera goes on; frames are grey until the change is made.</summary>
    public void Choose(LiveChoice choice)
    {
        lock (_gate)
        {
            _choice = choice;
            _again = true;
            _round.Cancel();
        }
    }

    /// <summary>Serves a page's socket until the page leaves, breaks the rules, or the room is disposed.</summary>
    /// <param name="open">Opens the socket.</param>
    /// <param name="cancellationToken">The request's end.</param>
    /// <returns>False when another socket is served already, or the room is closed; nothing was opened then.</returns>
    public async Task<bool> TryServeAsync(Func<Task<WebSocket>> open, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (IsServing || _closing.IsCancellationRequested || !_rooms.TryEnter())
            {
                return false;
            }

            _serving = done.Task;
        }

        try
        {
            using var socket = await open().ConfigureAwait(false);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            await ServeAsync(socket, stop).ConfigureAwait(false);
            return true;
        }
        finally
        {
            // At once: whoever sees the place free may have it.
            lock (_gate)
            {
                _rooms.Leave();
                done.SetResult();
            }

            Tell(LiveState.Idle, null);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _rooms.Forget(this);
        await _closing.CancelAsync().ConfigureAwait(false);
        if (_serving is { } serving)
        {
            await serving.ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(WebSocket socket, CancellationTokenSource stop)
    {
        using var outbox = new PageOutbox();
        var closing = new TaskCompletionSource<LiveClosing>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var feed = new CameraFeed(outbox.SayTaken);
        var receiving = new PageInbox(socket, feed, outbox).RunAsync(stop.Token);
        var sending = outbox.RunAsync(socket, stop.Token);
        var working = WorkAsync(feed, outbox, () => closing.TrySetResult(LiveClosing.NotAFrame), stop.Token);
        using var stopped = stop.Token.Register(() => closing.TrySetResult(LiveClosing.Ended));
        await Task.WhenAny(receiving, sending, working, closing.Task).ConfigureAwait(false);
        var why = closing.Task.IsCompletedSuccessfully ? await closing.Task.ConfigureAwait(false)
            : receiving.IsCompletedSuccessfully ? await receiving.ConfigureAwait(false)
            : working.IsFaulted ? LiveClosing.Broken
            : LiveClosing.Ended;

        // No picture may be under way when the farewell is said; and a page that does not listen is not waited for.
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(sending, Task.Delay(Patience, CancellationToken.None)).ConfigureAwait(false);
        await socket.SayFarewellAsync(why).ConfigureAwait(false);
        await Task.WhenAny(receiving, Task.Delay(Patience, CancellationToken.None)).ConfigureAwait(false);
        if (receiving.IsCompleted)
        {
            await socket.AwaitFarewellAsync().ConfigureAwait(false);
        }

        socket.Abort();
        await Task.WhenAll(receiving, sending, working).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        if (working.IsFaulted)
        {
            await working.ConfigureAwait(false);
        }
    }

    /// <summary>One session after the other: whatever changes what a session is made of ends it, and the next begins.</summary>
    private async Task WorkAsync(CameraFeed feed, PageOutbox outbox, Action refused, CancellationToken cancellationToken)
    {
        LivePace? pace = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            CancellationToken round;
            LiveChoice choice;
            lock (_gate)
            {
                _round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                (round, choice) = (_round.Token, _choice);
                pace = _again || pace is null ? new LivePace(choice.Delay) : pace;
                _again = false;
            }

            Tell(LiveState.Preparing, null);
            try
            {
                var (treatment, warnings) = await Task.Run(() => _rooms.Prepare(choice, round), round).ConfigureAwait(false);
                (Warnings, Latency) = (warnings, pace.Latency);
                Tell(LiveState.Preparing, null);
                var options = new LiveOptions { Latency = pace.Latency, HealthEvery = HealthEvery, LongestSide = 0 };
                using var session = new LiveSession(new CameraSource(feed, EndRound, refused), new PageSink(outbox), options, treatment, TimeProvider.System);
                await session.RunAsync(health => Judge(health, pace), round).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (round.IsCancellationRequested)
            {
                // The next round, or the end.
            }
            catch (VeilException problem) when (!cancellationToken.IsCancellationRequested)
            {
                Tell(LiveState.Refused, problem);
                await Task.Delay(Timeout.InfiniteTimeSpan, round).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    private void EndRound()
    {
        lock (_gate)
        {
            _round.Cancel();
        }
    }

    private void Judge(LiveHealth health, LivePace pace)
    {
        Health = health;
        if (pace.Adapts(health))
        {
            EndRound();
        }

        var seen = health.LongestSearch > TimeSpan.Zero;
        var state = health.Arrived == 0 || (!seen && health.Shown == 0) ? LiveState.Preparing
            : pace.IsStruggling ? LiveState.Struggling
            : LiveState.Covering;
        Tell(state, null);
    }

    private void Tell(LiveState state, VeilException? problem)
    {
        (State, Problem) = (state, problem);
        if (state is LiveState.Idle)
        {
            Health = null;
        }

        Changed?.Invoke();
    }
}
