using Microsoft.AspNetCore.Components;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Studio.Editing;
using Veil.Studio.Films;
using Veil.Studio.Films.Previews;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Review.Films;

/// <summary>A film of a project, to be looked at and corrected.</summary>
public sealed partial class FilmReview : IAsyncDisposable
{
    private readonly Lock _refreshing = new();
    private readonly CancellationTokenSource _left = new();
    private ElementReference _root;
    private EditSession? _session;
    private FilmPreview? _preview;
    private FilmBrowser? _browser;
    private ReviewedItem _film = new(1, 1, []);
    private ReviewedItem _found = new(1, 1, []);
    private AnonymizerSettings? _settings;
    private IReadOnlyList<FilmTrack> _tracks = [];
    private FrameSpan? _range;
    private VeilException? _failed;
    private string _said = "";
    private int? _selected;
    private int _frame;
    private bool _opened;
    private bool _busy;
    private bool _due;

    /// <summary>The project. It has the item; the page around this makes sure of it, and draws it again when the project changes.</summary>
    [Parameter, EditorRequired]
    public string ProjectId { get; set; } = "";

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public string ItemId { get; set; } = "";

    private ProjectItem? Item => Projects.Find(ProjectId)?.Find(ItemId);

    private VeilException? Problem => _failed ?? _preview?.Problem;

    private FilmTrack? SelectedTrack => _tracks.FirstOrDefault(track => track.Id == _selected);

    private IReadOnlyList<FilmTrack> Mergeable => SelectedTrack is { } selected ? [.. _tracks.Where(track => track.Id != selected.Id && track.Kind == selected.Kind)] : [];

    private FilmView View => new(this, _film, SelectedTrack, Mergeable, _frame, _range, _busy);

    private string? Difference => _preview?.Memory is { } memory and not FilmMemory.Nothing ? T[$"Difference{memory}"] : null;

    private double MadeShare => _preview is { } preview && preview.Result.Count > 0
        ? preview.Original.Concat(preview.Result).Average(piece => piece.State == PieceState.Ready ? 1.0 : 0) : 1;

    private string SaveText => _session!.State switch
    {
        SaveState.Saving => "Saving",
        SaveState.Failed => "SaveFailed",
        SaveState.Conflict => "SaveConflict",
        _ => "Saved",
    };

    private string SaveClass => _session!.State switch
    {
        SaveState.Saved => "good",
        SaveState.Saving => "",
        _ => "bad",
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _browser?.Dispose();
        if (_session is not null)
        {
            _session.Changed -= OnChanged;
            await Sessions.CloseAsync(_session);
        }

        if (_preview is not null)
        {
            _preview.Changed -= OnChanged;
            await _preview.DisposeAsync();
        }

        _left.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (await Sessions.OpenAsync(ProjectId, ItemId, _left.Token) is { } session)
        {
            _session = session;
            _found = FilmTracks.Numbered(session.Editor.Current);
            Take();
            session.Changed += OnChanged;
            StartPreview();
        }

        _opened = true;
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // How things are covered was changed elsewhere: nothing that was made still holds.
        if (_preview is { } before && Projects.Find(ProjectId)?.Settings is { } settings && !ReferenceEquals(settings, _settings) && settings != _settings)
        {
            before.Changed -= OnChanged;
            await before.DisposeAsync();
            StartPreview();
            OnChanged();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_session is not null && _browser is null && !_left.IsCancellationRequested)
        {
            var browser = new FilmBrowser(Js, this);
            _browser = browser;
            await browser.OpenAsync(_root, ProjectId, ItemId, _film);
            await SendAsync();
        }
    }

    private void StartPreview()
    {
        _settings = Projects.Find(ProjectId)!.Settings;
        _preview = new FilmPreview(FilmArea.FilesOf(Projects, ProjectId, ItemId), Item!.Path, _film, _settings);
        _preview.Changed += OnChanged;
    }

    private void Take()
    {
        _film = FilmTracks.Numbered(_session!.Editor.Current);
        _tracks = FilmTracks.Of(_film);
        _selected = _tracks.Any(track => track.Id == _selected) ? _selected : null;
    }

    /// <summary>Pieces become ready many times a second, and edits come while a key is held: what came while the page was drawn is drawn once.</summary>
    private void OnChanged()
    {
        lock (_refreshing)
        {
            if (_due)
            {
                return;
            }

            _due = true;
        }

        _ = InvokeAsync(RefreshAsync);
    }

    private async Task RefreshAsync()
    {
        lock (_refreshing)
        {
            _due = false;
        }

        if (_left.IsCancellationRequested)
        {
            return;
        }

        var before = _film;
        Take();
        if (!ReferenceEquals(before, _film))
        {
            _preview!.Show(_film);
        }

        StateHasChanged();
        await SendAsync();
    }

    private async Task SendAsync()
    {
        if (_browser is { IsOpen: true } browser && _preview is { } preview)
        {
            var doubts = (Item?.Doubts ?? []).Select(doubt => doubt.Frame).Distinct().Order();
            await browser.SendAsync(_tracks, preview.Original, preview.Result, _selected, _range, Item?.Revision ?? 0, [.. doubts]);
        }
    }

    private static TrackPlace Shown(FilmTrack track) => track.Places.FirstOrDefault(place => place.Origin == PlaceOrigin.Found, track.Places[0]);

    private string PictureOf(FilmTrack track) => $"/media/projects/{ProjectId}/items/{ItemId}/original?frame={Shown(track).Frame}&longest=640";

    /// <summary>Where a frame lies behind a square window so that the track's box and a little around it are seen.</summary>
    private string CropOf(FilmTrack track)
    {
        var box = Shown(track).Region.Region.Box;
        var side = box.LongSide * 1.5f;
        return FormattableString.Invariant($"width: {100 * _film.Width / side:0.#}%; left: {-100 * (box.CenterX - (side / 2)) / side:0.#}%; top: {-100 * (box.CenterY - (side / 2)) / side:0.#}%");
    }
}
