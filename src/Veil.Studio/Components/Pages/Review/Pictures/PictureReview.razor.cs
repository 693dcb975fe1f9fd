using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Veil.Engine.Runs;
using Veil.Regions;
using Veil.Studio.Components.Surface;
using Veil.Studio.Editing;
using Veil.Studio.Projects;
using Veil.Studio.Reviewing;

namespace Veil.Studio.Components.Pages.Review.Pictures;

/// <summary>A picture of a project, to be looked at and corrected.</summary>
public sealed partial class PictureReview
{
    private static readonly RegionKind[] Kinds = [RegionKind.Face, RegionKind.Head, RegionKind.Body, RegionKind.Plate, RegionKind.Text];

    private readonly NudgeGestures _nudges = new(TimeProvider.System);
    private readonly ConditionalWeakTable<Region, string> _outlines = [];
    private RegionWords _words = null!;
    private EditSession? _session;
    private ReviewHead? _head;
    private RegionSurface? _surface;
    private ReviewShortcuts? _shortcuts;
    private ReviewedItem _shown = new(1, 1, []);
    private IReadOnlyList<SurfaceRegion> _regions = [];
    private AnonymizerSettings? _settings;
    private RegionPolicies _policies = RegionPolicies.Default;
    private RegionKind _drawnKind = RegionKind.Face;
    private int? _selected;
    private bool _opening = true;
    private bool _gone;

    /// <summary>The project. It has the item; the page around this makes sure of it, and draws it again when the project changes.</summary>
    [Parameter, EditorRequired]
    public string ProjectId { get; set; } = "";

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public string ItemId { get; set; } = "";

    private ProjectItem? Item => Projects.Find(ProjectId)?.Find(ItemId);

    private IReadOnlyList<ReviewedRegion> All => _shown.Frames.Count == 0 ? [] : _shown.Frames[0].Regions;

    private int Covered => All.Count(region => region.IsCovered);

    private string ResultAddress => Addresses.Result(ProjectId, ItemId, 0, Item?.Revision ?? 0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _gone = true;
        Projects.Changed -= OnProjectChanged;
        if (_session is not null)
        {
            _session.Changed -= OnChanged;
            await Sessions.CloseAsync(_session);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _words = new RegionWords(T);
        Projects.Changed += OnProjectChanged;
        await FollowAsync();
    }

    private void OnProjectChanged(string project)
    {
        if (project == ProjectId)
        {
            _ = InvokeAsync(async () =>
            {
                await FollowAsync();
                StateHasChanged();
            });
        }
    }

    /// <summary>Opens the item as soon as its regions are known, and shows it as it is.</summary>
    private async Task FollowAsync()
    {
        if (_session is null && Item?.CanBeReviewed() == true)
        {
            await OpenAsync();
        }

        _opening = false;
        Look();
    }

    private async Task OpenAsync()
    {
        var session = await Sessions.OpenAsync(ProjectId, ItemId, CancellationToken.None);
        if (session is not null && (_gone || _session is not null))
        {
            await Sessions.CloseAsync(session);
            return;
        }

        _session = session;
        if (_session is not null)
        {
            _session.Changed += OnChanged;
        }
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });

    /// <summary>Puts what is edited into what is shown.</summary>
    private void Look()
    {
        if (_session is null || Projects.Find(ProjectId) is not { } project)
        {
            return;
        }

        var current = _session.Editor.Current;
        if (ReferenceEquals(current, _shown) && Equals(_settings, project.Settings))
        {
            return;
        }

        if (!Equals(_settings, project.Settings))
        {
            _settings = project.Settings;
            _policies = Preparation.PoliciesOf(project.Settings);
            _outlines.Clear();
        }

        _shown = current;
        _regions = [.. All.Select(region => new SurfaceRegion(region.Id, region.Region.Box, _words.LabelOf(All, region), region.IsCovered)
        {
            Outline = _outlines.GetValue(region.Region, OutlineOf),
            IsDrawn = region.IsDrawn(),
            IsFixed = region.Region.Kind == RegionKind.Image,
        })];
    }

    private string OutlineOf(Region region) => CoverOutline.PathOf(_policies, region, _shown.Width, _shown.Height);

    private void Toggle(int region)
    {
        if (_session!.Editor.Current.Find(0, region) is { } before)
        {
            _session.Editor.Apply(new ChooseCover(0, region, before.IsCovered ? CoverChoice.ClearByHand : CoverChoice.CoveredByHand));
        }
    }

    private void Place(SurfacePlacement placed) =>
        _session!.Editor.Apply(new PlaceRegion(0, placed.Id, placed.Box), placed.By == PlacedBy.Key ? _nudges.Next(0, placed.Id) : null);

    private Task<int?> DrawAsync(Box box)
    {
        var before = _session!.Editor.Current;
        _session.Editor.Apply(new DrawRegion(0, box, _drawnKind));
        var drawn = _session.Editor.Current.Frames[0].Regions.Where(region => before.Find(0, region.Id) is null).Select(region => (int?)region.Id).FirstOrDefault();
        return Task.FromResult(drawn);
    }

    private Task DrawInMiddleAsync() => _surface!.DrawInMiddleAsync();

    private void Remove(int region) => _session!.Editor.Apply(DeleteRegion.OrLeaveClear(_session.Editor.Current, 0, region));

    private void Select(int? region) => _selected = region;

    private void ChangeKind(int region, ChangeEventArgs change)
    {
        var kind = Enum.Parse<RegionKind>((string)change.Value!);
        _session!.Editor.Apply(new ChangeKind(0, region, kind));
        // What is drawn next most likely shows the same.
        _drawnKind = _session.Editor.Current.Find(0, region)?.IsDrawn() == true ? kind : _drawnKind;
    }

    private void Do(SurfaceCommand command)
    {
        switch (command)
        {
            case SurfaceCommand.Undo:
                _session!.Editor.Undo();
                break;
            case SurfaceCommand.Redo:
                _session!.Editor.Redo();
                break;
            case SurfaceCommand.Shortcuts:
                _shortcuts!.Toggle();
                break;
            default:
                _head!.Do(command);
                break;
        }
    }

    private Task KeepMineAsync() => _session!.KeepMineAsync();

    private Task TakeTheirsAsync() => _session!.TakeTheirsAsync();

    private Task RetryAsync() => _session!.FlushAsync();

    private string StepLabel(string key, EditName? step) => step is { } name ? T.Format(key + "Step", _words.Of(name)) : T[key];

    private static string? Disabled(EditName? step) => step is null ? "true" : null;
}
