using Veil.Errors;
using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>
/// An item that is being edited: its editor, and the saving of what is edited. Edits are saved by themselves a moment after they are made; what
/// could not be saved is kept, shown, and tried again with the next edit. All windows on an item share one session, see <see cref="EditSessions"/>.
/// Where the item's regions were changed elsewhere meanwhile, e.g. found again, they are taken over if nothing here would be lost, and
/// the user is asked if something would. Thread-safe.
/// </summary>
internal sealed class EditSession : IAsyncDisposable
{
    /// <summary>How long an edit waits for others that follow, before it is saved.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    private readonly IProjects _projects;
    private readonly IItemViews _views;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _storing = new(1);
    private readonly Lock _lock = new();
    private ReviewedItem _kept;
    private int _revision;
    private Task _saving = Task.CompletedTask;
    private CancellationTokenSource _waiting = new();
    private bool _scheduled;
    private bool _closed;

    private EditSession(IProjects projects, IItemViews views, TimeProvider time, string project, string item, ReviewedItem kept, int revision)
    {
        (_projects, _views, _time, Project, Item, _kept, _revision) = (projects, views, time, project, item, kept, revision);
        Editor = new RegionEditor(kept);
        Editor.Changed += OnEdited;
        projects.Changed += OnProjectChanged;
    }

    /// <summary>Told when the item, or how far it is saved, changed; on any thread.</summary>
    public event Action? Changed;

    /// <summary>The project's id.</summary>
    public string Project { get; }

    /// <summary>The item's id.</summary>
    public string Item { get; }

    /// <summary>Edits the item.</summary>
    public RegionEditor Editor { get; }

    /// <summary>How far what is edited is saved.</summary>
    public SaveState State { get; private set; }

    /// <summary>Why it could not be saved; null otherwise.</summary>
    public VeilException? Error { get; private set; }

    /// <summary>Whether what is shown of the item elsewhere, e.g. its result, is what was edited last.</summary>
    public bool IsKept => ReferenceEquals(Editor.Current, _kept);

    /// <summary>Opens an item; null where its regions were not found yet.</summary>
    public static async Task<EditSession?> OpenAsync(IProjects projects, IItemViews views, TimeProvider time, string project, string item, CancellationToken cancellationToken)
    {
        // Read before the regions: when they change between, the difference is seen.
        var revision = projects.Find(project)?.Find(item)?.Revision ?? 0;
        var regions = await views.RegionsAsync(project, item, cancellationToken).ConfigureAwait(false);
        return regions is null ? null : new EditSession(projects, views, time, project, item, regions, revision);
    }

    /// <summary>Saves at once what is not saved yet. Afterwards <see cref="State"/> says whether that went well.</summary>
    public async Task FlushAsync()
    {
        Task saving;
        lock (_lock)
        {
            if (!_closed)
            {
                _waiting.Cancel();
            }

            saving = _saving;
        }

        await saving.ConfigureAwait(false);
        if (!IsKept && State != SaveState.Conflict)
        {
            await SaveAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends a conflict with what is edited here; what was changed elsewhere is given up.</summary>
    public async Task KeepMineAsync()
    {
        _revision = Revision;
        State = SaveState.Saving;
        await SaveAsync().ConfigureAwait(false);
    }

    /// <summary>Ends a conflict with what was changed elsewhere; what was edited here is given up.</summary>
    public Task TakeTheirsAsync() => StoringAsync(async () =>
    {
        var revision = Revision;
        if (await TheirsAsync().ConfigureAwait(false) is { } theirs)
        {
            Take(theirs, revision);
        }
    });

    /// <summary>Looks whether the item was changed elsewhere, and takes that over where nothing is lost by it.</summary>
    public Task CatchUpAsync() => StoringAsync(SeesTheSameAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _projects.Changed -= OnProjectChanged;
        await FlushAsync().ConfigureAwait(false);
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        Editor.Changed -= OnEdited;
        _waiting.Dispose();
    }

    private int Revision => _projects.Find(Project)?.Find(Item)?.Revision ?? 0;

    private void OnEdited()
    {
        lock (_lock)
        {
            if (!_closed && !_scheduled && !IsKept && State != SaveState.Conflict)
            {
                (_scheduled, State) = (true, SaveState.Saving);
                _waiting.Dispose();
                _waiting = new CancellationTokenSource();
                _saving = SaveSoonAsync(_waiting.Token);
            }
        }

        Changed?.Invoke();
    }

    private void OnProjectChanged(string project)
    {
        // While something is on its way to be saved, saving looks itself.
        if (project == Project && Revision != _revision && _saving.IsCompleted)
        {
            _ = CatchUpAsync();
        }
    }

    private async Task SaveSoonAsync(CancellationToken now)
    {
        while (true)
        {
            await Task.Delay(Delay, _time, now).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            await SaveAsync().ConfigureAwait(false);
            lock (_lock)
            {
                // An edit that came in after the last look would have nobody else to save it.
                if (IsKept || State is SaveState.Conflict or SaveState.Failed)
                {
                    _scheduled = false;
                    return;
                }
            }
        }
    }

    private Task SaveAsync() => StoringAsync(async () =>
    {
        while (!IsKept)
        {
            await SeesTheSameAsync().ConfigureAwait(false);
            if (State == SaveState.Conflict)
            {
                return;
            }

            var item = Editor.Current;
            await _views.SaveAsync(Project, Item, item, CancellationToken.None).ConfigureAwait(false);
            (_kept, _revision) = (item, Revision);
        }

        State = SaveState.Saved;
    });

    /// <summary>One at a time does something with what is stored. Whatever goes wrong is shown to the user, who has the edits still.</summary>
    private async Task StoringAsync(Func<Task> act)
    {
        await _storing.WaitAsync().ConfigureAwait(false);
        try
        {
            Error = null;
            await act().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            State = SaveState.Failed;
            Error = error as VeilException ?? new VeilException(VeilErrorCode.UnwritableOutput, "What you changed could not be saved: " + error.Message, "Check that there is room on the disk, and try again.", error);
        }
        finally
        {
            _storing.Release();
        }

        Changed?.Invoke();
    }

    private async Task SeesTheSameAsync()
    {
        var revision = Revision;
        if (revision == _revision)
        {
            return;
        }

        var theirs = await TheirsAsync().ConfigureAwait(false);
        if (theirs is null || theirs.LooksAs(_kept))
        {
            // Settings changed, or nothing that anybody sees.
            _revision = revision;
        }
        else if (IsKept)
        {
            Take(theirs, revision);
        }
        else
        {
            State = SaveState.Conflict;
        }
    }

    private Task<ReviewedItem?> TheirsAsync() => _views.RegionsAsync(Project, Item, CancellationToken.None);

    private void Take(ReviewedItem theirs, int revision)
    {
        (_kept, _revision, State) = (theirs, revision, SaveState.Saved);
        Editor.Reset(theirs);
    }
}
