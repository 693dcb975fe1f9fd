using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Veil.Studio.Components.Shared;
using Veil.Studio.Films.Previews;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;
using Veil.Video.Proxies;

namespace Veil.Studio.Components.Pages.Review.Films;

/// <summary>The film's player, boxes and timeline in the browser; told only of what changed.</summary>
/// <param name="js">The browser.</param>
internal sealed class FilmBrowser(IJSRuntime js) : IAsyncDisposable
{
    private readonly Dictionary<int, FilmTrack> _sent = [];
    private IJSObjectReference? _module;
    private IJSObjectReference? _film;
    private IReadOnlyList<PreviewPiece> _original = [];
    private IReadOnlyList<PreviewPiece> _result = [];
    private int? _selected;
    private FrameSpan? _range;
    private IReadOnlyList<int> _doubts = [];
    private int _revision = -1;

    /// <summary>Whether it can be told anything yet.</summary>
    public bool IsOpen => _film is not null;

    /// <summary>Puts it to work on what the page holds.</summary>
    public async Task OpenAsync(ElementReference root, DotNetObjectReference<FilmReview> page, string project, string item, ReviewedItem film)
    {
        var segments = new ProxySegments([.. film.Frames.Select(frame => frame.Time)]);
        var media = $"/media/projects/{project}/items/{item}/";
        _module = await js.InvokeAsync<IJSObjectReference>("import", "/js/film/film.js");
        _film = await _module.InvokeAsync<IJSObjectReference>("open", root, page, new
        {
            Times = Enumerable.Range(0, film.Frames.Count + 1).Select(frame => segments.TickOf(frame) / (double)ProxySegments.TicksPerSecond).ToArray(),
            film.Width,
            film.Height,
            Pieces = media + "film/",
            Still = media,
            Doubts = Array.Empty<int>(),
        });
    }

    /// <summary>Says where somebody should look.</summary>
    public async Task SendAsync(IReadOnlyList<int> doubts)
    {
        if (!_doubts.SequenceEqual(doubts))
        {
            _doubts = doubts;
            await _film!.InvokeVoidAsync("setDoubts", doubts);
        }
    }

    /// <summary>Says how everything is now.</summary>
    public async Task SendAsync(
        IReadOnlyList<FilmTrack> tracks, IReadOnlyList<PreviewPiece> original, IReadOnlyList<PreviewPiece> result, int? selected, FrameSpan? range, int revision)
    {
        var changed = tracks.Where(track => !_sent.TryGetValue(track.Id, out var before) || !before.Places.SequenceEqual(track.Places)).ToList();
        var removed = _sent.Keys.Except(tracks.Select(track => track.Id)).ToList();
        foreach (var track in changed)
        {
            _sent[track.Id] = track;
        }

        removed.ForEach(id => _sent.Remove(id));
        if (changed.Count + removed.Count > 0)
        {
            await _film!.InvokeVoidAsync("setTracks", changed.Select(TrackDrawing.Of).ToArray(), removed);
        }

        if (!_original.SequenceEqual(original))
        {
            _original = original;
            await _film!.InvokeVoidAsync("setPieces", "original", original.Select(Written).ToArray());
        }

        if (!_result.SequenceEqual(result))
        {
            _result = result;
            await _film!.InvokeVoidAsync("setPieces", "result", result.Select(Written).ToArray());
        }

        if (_selected != selected)
        {
            _selected = selected;
            await _film!.InvokeVoidAsync("setSelected", selected);
        }

        if (_range != range)
        {
            _range = range;
            await _film!.InvokeVoidAsync("setRange", range?.First, range?.Last);
        }

        if (_revision != revision)
        {
            _revision = revision;
            await _film!.InvokeVoidAsync("setRevision", revision);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_film is { } film)
        {
            _film = null;
            await film.EndQuietlyAsync("close");
        }

        if (_module is not null)
        {
            await _module.DisposeQuietlyAsync();
        }
    }

    private static object Written(PreviewPiece piece) => new { piece.First, piece.Frames, piece.Key, State = piece.State.ToString() };
}
