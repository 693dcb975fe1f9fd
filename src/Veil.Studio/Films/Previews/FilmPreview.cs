using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Studio.Projects;
using Veil.Video.Proxies;

namespace Veil.Studio.Films.Previews;

/// <summary>
/// A film while somebody looks at it: original and result in pieces that play. Pieces are made in the background, those of the result beginning
/// where the user is, and anew where an edit changed what they show. Disposing it, when the page is left, ends all work; whole pieces stay. Thread-safe.
/// </summary>
internal sealed class FilmPreview : IAsyncDisposable
{
    // So many pieces in one go: each go starts two processes, and an edit may come at any time.
    private const int MostAtOnce = 8;

    private static readonly TimeSpan AfterEdit = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly PieceFiles _files;
    private readonly PieceKeys _keys;
    private readonly ProxySegments _segments;
    private readonly ResultRenderer _renderer;
    private readonly CancellationTokenSource _left = new();
    private readonly SemaphoreSlim _wanted = new(1);
    private readonly PreviewPiece[] _original;
    private readonly PreviewPiece[] _result;
    private readonly Task _working;
    private ReviewedItem _regions;
    private CancellationTokenSource? _run;
    private (int First, int End) _running;
    private VeilException? _problem;
    private FilmMemory? _memory;
    private int _at;

    /// <summary>Starts making what is not there yet.</summary>
    /// <param name="files">Where pieces are kept.</param>
    /// <param name="path">The film.</param>
    /// <param name="regions">What is covered.</param>
    /// <param name="settings">How.</param>
    public FilmPreview(PieceFiles files, string path, ReviewedItem regions, AnonymizerSettings settings)
    {
        (_files, _regions) = (files, regions);
        _segments = new ProxySegments([.. regions.Frames.Select(frame => frame.Time)]);
        _keys = new PieceKeys(new FileInfo(path), _segments);
        var size = ProxySize.For(regions.Width, regions.Height);
        _renderer = new ResultRenderer(path, size, _segments, settings);
        _original = [.. Enumerable.Range(0, _segments.Count).Select(segment => Piece(segment, _keys.Original(segment), null))];
        _result = [.. Enumerable.Range(0, _segments.Count).Select(segment => Piece(segment, _keys.Result(segment, regions, _renderer.Settings), null))];
        _files.KeepOnly(_original.Concat(_result).Select(piece => piece.Key).OfType<string>().ToHashSet(StringComparer.Ordinal));
        _working = Task.WhenAll(Task.Run(() => MakeOriginal(path, size)), Task.Run(MakeResultAsync));
    }

    /// <summary>Told when a piece is ready, or out of date; on any thread.</summary>
    public event Action? Changed;

    /// <summary>Why no more pieces are made; null while all is well.</summary>
    public VeilException? Problem
    {
        get
        {
            lock (_lock)
            {
                return _problem;
            }
        }
    }

    /// <summary>What is remembered from frame to frame in the export, and in pieces only within each; null until it is known.</summary>
    public FilmMemory? Memory
    {
        get
        {
            lock (_lock)
            {
                return _memory;
            }
        }
    }

    /// <summary>The original's pieces.</summary>
    public IReadOnlyList<PreviewPiece> Original
    {
        get
        {
            lock (_lock)
            {
                return [.. _original];
            }
        }
    }

    /// <summary>The result's pieces.</summary>
    public IReadOnlyList<PreviewPiece> Result
    {
        get
        {
            lock (_lock)
            {
                return [.. _result];
            }
        }
    }

    /// <summary>Shows other regions from now on.</summary>
    public void Show(ReviewedItem regions)
    {
        lock (_lock)
        {
            _regions = regions;
            for (var segment = 0; segment < _result.Length; segment++)
            {
                var (before, after) = (_result[segment], Piece(segment, _keys.Result(segment, regions, _renderer.Settings), _result[segment].Key));
                _result[segment] = after;
                if (segment >= _running.First && segment < _running.End && after != before && after.State != PieceState.Ready)
                {
                    _run?.Cancel();
                }
            }
        }

        Changed?.Invoke();
        Wake();
    }

    /// <summary>Says where the user is: pieces from there on come first.</summary>
    public void LookAt(int frame) => Volatile.Write(ref _at, frame / ProxySegments.Length);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        _renderer.Dispose();
        _run?.Dispose();
        _left.Dispose();
        _wanted.Dispose();
    }

    private PreviewPiece Piece(int segment, string key, string? earlier) => (_files.Find(key), earlier) switch
    {
        (not null, _) => new(ProxySegments.First(segment), _segments.Frames(segment), key, PieceState.Ready),
        (null, not null) => new(ProxySegments.First(segment), _segments.Frames(segment), earlier, PieceState.Stale),
        _ => new(ProxySegments.First(segment), _segments.Frames(segment), null, PieceState.Missing),
    };

    private void MakeOriginal(string path, ProxySize size) => Work(() =>
    {
        if (Array.Exists(_original, piece => piece.State != PieceState.Ready))
        {
            OriginalProxy.Make(path, size, _segments, (segment, file) => Keep(_original, segment, _keys.Original(segment), file), _left.Token);
        }
    }, _left.Token);

    private void ReadMemory()
    {
        var memory = _renderer.Memory;
        lock (_lock)
        {
            _memory = memory;
        }

        Changed?.Invoke();
    }

    private async Task MakeResultAsync()
    {
        Work(ReadMemory, _left.Token);
        while (!_left.IsCancellationRequested && Problem is null)
        {
            if (Next() is not var (first, end, regions, keys, cancel))
            {
                await WaitAsync().ConfigureAwait(false);
                continue;
            }

            Work(() => _renderer.Render(regions, first, end - first, (segment, file) => KeepResult(segment, keys[segment - first], file), cancel), cancel);
        }
    }

    /// <summary>Which pieces are made next: those missing from where the user is.</summary>
    private (int First, int End, ReviewedItem Regions, string[] Keys, CancellationToken Cancel)? Next()
    {
        lock (_lock)
        {
            var wanted = Enumerable.Range(0, _result.Length).Where(segment => _result[segment].State != PieceState.Ready).ToList();
            if (wanted.Count == 0)
            {
                return null;
            }

            var at = Volatile.Read(ref _at);
            var first = wanted.Find(segment => segment >= at) is var later && later >= at && wanted.Contains(later) ? later : wanted[0];
            var end = first + 1;
            while (end < _result.Length && end - first < MostAtOnce && _result[end].State != PieceState.Ready)
            {
                end++;
            }

            _run?.Dispose();
            _run = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
            _running = (first, end);
            return (first, end, _regions, [.. Enumerable.Range(first, end - first).Select(segment => _keys.Result(segment, _regions, _renderer.Settings))], _run.Token);
        }
    }

    private async Task WaitAsync()
    {
        try
        {
            await _wanted.WaitAsync(_left.Token).ConfigureAwait(false);

            // More edits may follow at once, e.g. while a box is dragged.
            await Task.Delay(AfterEdit, _left.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The page was left: the loop ends.
        }
    }

    private void Wake()
    {
        if (_wanted.CurrentCount == 0)
        {
            _wanted.Release();
        }
    }

    private void Work(Action work, CancellationToken cancel)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException)
        {
            // The page was left, or an edit came: what is needed then is asked for anew.
        }
        catch (VeilException) when (cancel.IsCancellationRequested)
        {
            // What was cut off may say so in its own way.
        }
        catch (VeilException error)
        {
            lock (_lock)
            {
                _problem = error;
            }

            Changed?.Invoke();
        }
    }

    private void Keep(PreviewPiece[] pieces, int segment, string key, byte[] file)
    {
        _files.Write(key, file);
        lock (_lock)
        {
            pieces[segment] = pieces[segment] with { Key = key, State = PieceState.Ready };
        }

        Changed?.Invoke();
    }

    private void KeepResult(int segment, string key, byte[] file)
    {
        _files.Write(key, file);
        lock (_lock)
        {
            // An edit may have come meanwhile: then it is the newest that there is, but not what is wanted.
            _result[segment] = Piece(segment, _keys.Result(segment, _regions, _renderer.Settings), key);
        }

        Changed?.Invoke();
    }
}
