using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>
/// The items that are being edited: one session each, however many windows look at it, so that no window works on an old state. A
/// session that nobody looks at any more is saved, and kept for a while with all its steps, for people go back and forth between items.
/// Thread-safe.
/// </summary>
/// <param name="projects">The projects.</param>
/// <param name="views">Where regions are read and saved.</param>
/// <param name="time">The clock.</param>
internal sealed class EditSessions(IProjects projects, IItemViews views, TimeProvider time) : IAsyncDisposable
{
    private const int MostUnused = 6;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<Open> _open = [];

    /// <summary>Opens an item, or joins those who have it open; null where its regions were not found yet. To be closed again.</summary>
    public async Task<EditSession?> OpenAsync(string project, string item, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var open = _open.Find(one => one.Session.Project == project && one.Session.Item == item);
            if (open is not null)
            {
                await open.Session.CatchUpAsync().ConfigureAwait(false);
            }
            else if (await EditSession.OpenAsync(projects, views, time, project, item, cancellationToken).ConfigureAwait(false) is { } session)
            {
                open = new Open(session);
                _open.Add(open);
            }
            else
            {
                return null;
            }

            open.Users++;
            return open.Session;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Leaves a session; what is not saved yet is saved.</summary>
    public async Task CloseAsync(EditSession session)
    {
        await session.FlushAsync().ConfigureAwait(false);
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_open.Find(one => one.Session == session) is { } left)
            {
                left.Users--;
                // The one left last is the last to go.
                _open.Remove(left);
                _open.Add(left);
            }

            // What could not be saved exists nowhere else.
            foreach (var unused in _open.Where(one => one.Users == 0 && one.Session.IsKept).SkipLast(MostUnused).ToList())
            {
                _open.Remove(unused);
                await unused.Session.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
        {
            await open.Session.DisposeAsync().ConfigureAwait(false);
        }

        _gate.Dispose();
    }

    private sealed class Open(EditSession session)
    {
        public EditSession Session => session;

        public int Users { get; set; }
    }
}
