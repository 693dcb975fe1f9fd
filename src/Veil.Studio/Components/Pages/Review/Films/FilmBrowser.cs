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
/// <param name="page">Called by the player.</param>
internal sealed class FilmBrowser(IJSRuntime js, FilmReview page) : IDisposable
{
    private readonly BrowserPart<FilmReview> _film = new(js, page, "/js/film/film.js");
    private readonly Dictionary<int, FilmTrack> _sent = [];
    private IReadOnlyList<PreviewPiece> _original = [];
    private IReadOnlyList<PreviewPiece> _result = [];
    private int? _selected;
    private FrameSpan? _range;
    private int _revision = -1;
    private IReadOnlyList<int> _doubts = [];

    /// <summary>Whether it can be told anything yet.</summary>
    public bool IsOpen => _film.IsOpen;

    /// <summary>Puts it to work; it shows nothing as exact before it was told how everything is.</summary>
    public Task OpenAsync(ElementReference root, string project, string item, ReviewedItem film)
    {
        var segments = new ProxySegments([.. film.Frames.Select(frame => frame.Time)]);
        var media = $"/media/projects/{project}/items/{item}/";
        return _film.OpenAsync("open", root, _film.Owner, new
        {
            Times = Enumerable.Range(0, film.Frames.Count + 1).Select(frame => segments.TickOf(frame) / (double)ProxySegments.TicksPerSecond).ToArray(),
            film.Width,
            film.Height,
            Pieces = media + "film/",
            Still = media,
        });
    }

    /// <summary>Says how everything is now, and where somebody should look: in one message, so that no key is answered by half of it.</summary>
    public async Task SendAsync(
        IReadOnlyList<FilmTrack> tracks, IReadOnlyList<PreviewPiece> original, IReadOnlyList<PreviewPiece> result, int? selected, FrameSpan? range, int revision, IReadOnlyList<int> doubts)
    {
        var changed = tracks.Where(track => !_sent.TryGetValue(track.Id, out var before) || !before.Places.SequenceEqual(track.Places)).ToList();
        var removed = _sent.Keys.Except(tracks.Select(track => track.Id)).ToList();
        var (originalChanged, resultChanged, doubtsChanged) = (!_original.SequenceEqual(original), !_result.SequenceEqual(result), !_doubts.SequenceEqual(doubts));
        var (selectedChanged, rangeChanged) = (_selected != selected, _range != range);
        if (changed.Count + removed.Count == 0 && !originalChanged && !resultChanged && !doubtsChanged && !selectedChanged && !rangeChanged && _revision == revision)
        {
            return;
        }

        changed.ForEach(track => _sent[track.Id] = track);
        removed.ForEach(id => _sent.Remove(id));
        (_original, _result, _doubts, _selected, _range, _revision) = (original, result, doubts, selected, range, revision);
        await _film.TellAsync("update", new
        {
            Changed = changed.Select(TrackDrawing.Of).ToArray(),
            Removed = removed,
            Original = originalChanged ? original.Select(Written).ToArray() : null,
            Result = resultChanged ? result.Select(Written).ToArray() : null,
            Doubts = doubtsChanged ? doubts : null,
            Selected = selectedChanged ? new[] { selected } : null,
            Range = rangeChanged ? new[] { range?.First, range?.Last } : null,
            Revision = revision,
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _film.Dispose();

    private static object Written(PreviewPiece piece) => new { piece.First, piece.Frames, piece.Key, State = piece.State.ToString() };
}
