using System.Net.WebSockets;
using System.Security.Cryptography;
using Veil.Errors;
using Veil.Video.Live;

namespace Veil.Studio.Live;

/// <summary>
/// The camera of one page: what was chosen for it, the socket that its frames come and go by, and how it is doing. Frames live in memory alone, and
/// no longer than the delay. Disposing it ends everything at once. Thread-safe.
/// </summary>
/// <remarks>
/// What holds at any time, whoever calls what:
/// one socket is served at a time, and a place is taken from before it is opened until after all that belongs to it has ended;
/// once disposing has begun no socket is opened, and when it is done none is left;
/// a socket that the page has not left is told why it ends;
/// the choice that was made last is the one that is made true: a change under way for an older one is given up;
/// a picture is sent only if a session has covered it as one choice says, the one in force or the one before, or made it grey.
/// </remarks>
internal sealed class LiveRoom : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly LiveRooms _rooms;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly LiveChoices _choices = new();
    private Task? _serving;
    private bool _isEnding;

    internal LiveRoom(LiveRooms rooms) => _rooms = rooms;

    /// <summary>Told when anything that can be read here has changed, from any thread.</summary>
    public event Action? Changed;

    /// <summary>Names it in the socket's address; not to be guessed.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What it is doing.</summary>
    public LiveState State { get; private set; }

    /// <summary>True while frames are still covered as was chosen before: what the new choice needs is being loaded.</summary>
    public bool IsChanging { get; private set; }

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

    /// <summary>Changes what is found and how it is covered, from one frame to the next as soon as all that it needs is loaded.</summary>
    public void Choose(LiveChoice choice) => _choices.Make(choice);

    /// <summary>Serves a page's socket until the page leaves, breaks the rules, or the room is disposed.</summary>
    /// <param name="open">Opens the socket.</param>
    /// <param name="cancellationToken">The request's end.</param>
    /// <returns>False when another socket is served already, or the room is closed; nothing was opened then.</returns>
    public async Task<bool> TryServeAsync(Func<Task<WebSocket>> open, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            Task before;
            lock (_gate)
            {
                if (_closing.IsCancellationRequested || (IsServing && !_isEnding))
                {
                    return false;
                }

                if (!IsServing)
                {
                    if (!_rooms.TryEnter())
                    {
                        return false;
                    }

                    (_serving, _isEnding) = (done.Task, false);
                    break;
                }

                before = _serving!;
            }

            // The page's last socket is about to be gone: who stops and starts again quickly is not turned away.
            await before.WaitAsync(cancellationToken).ConfigureAwait(false);
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
            // Said before the place is free: the next socket's first word comes after this one's last.
            Tell(LiveState.Idle);

            // At once: whoever sees the place free may have it.
            lock (_gate)
            {
                _rooms.Leave();
                done.SetResult();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _rooms.Forget(this);
        Task? serving;
        lock (_gate)
        {
            // From here on none is opened; what was opened before is known.
            serving = _serving;
            _ = _closing.CancelAsync();
        }

        if (serving is not null)
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
        var work = new LiveWork(_rooms, _choices, feed, outbox, () => closing.TrySetResult(LiveClosing.NotAFrame)) { Told = Hear };
        var working = work.RunAsync(stop.Token);
        using var stopped = stop.Token.Register(() => closing.TrySetResult(LiveClosing.Ended));
        await Task.WhenAny(receiving, sending, working, closing.Task).ConfigureAwait(false);
        var why = closing.Task.IsCompletedSuccessfully ? await closing.Task.ConfigureAwait(false)
            : receiving.IsCompletedSuccessfully ? await receiving.ConfigureAwait(false)
            : working.IsFaulted ? LiveClosing.Broken
            : LiveClosing.Ended;

        lock (_gate)
        {
            _isEnding = true;
        }

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

    private void Hear(LiveWork work)
    {
        (Health, Latency, Warnings, IsChanging) = (work.Health, work.Latency, work.Warnings, work.IsChanging);
        Tell(work.State, work.Problem);
    }

    private void Tell(LiveState state, VeilException? problem = null)
    {
        (State, Problem) = (state, problem);
        if (state is LiveState.Idle)
        {
            (Health, IsChanging) = (null, false);
        }

        Changed?.Invoke();
    }
}
