using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Veil.Regions;
using Veil.Studio.Components.Shared;

namespace Veil.Studio.Components.Surface;

/// <summary>
/// A picture or frame with its regions over it: zoomed, compared with the original, and edited by mouse, touch or keys. It shows what it is given and
/// tells what the user wants; it never changes a region itself. What happens while something is dragged happens in the browser.
/// </summary>
public sealed partial class RegionSurface
{
    private const double Zoom = 1.25;

    private ElementReference _root;
    private BrowserPart<RegionSurface>? _browser;
    private bool _moving;
    private bool _comparing;
    private (int Width, int Height, string Result, string Original) _opened;
    private IReadOnlyList<SurfaceRegion>? _shown;
    private bool _stale;

    /// <summary>Columns of the full-size picture.</summary>
    [Parameter, EditorRequired]
    public int Width { get; set; }

    /// <summary>Rows of the full-size picture.</summary>
    [Parameter, EditorRequired]
    public int Height { get; set; }

    /// <summary>Address of the result with a query, without the size that is wanted; another one whenever the result is another.</summary>
    [Parameter, EditorRequired]
    public string Result { get; set; } = "";

    /// <summary>Address of the original, likewise; asked for only when the user wants to see it.</summary>
    [Parameter, EditorRequired]
    public string Original { get; set; } = "";

    /// <summary>Whether the result is not yet that of the regions.</summary>
    [Parameter]
    public bool IsStale { get; set; }

    /// <summary>The regions; another list whenever one of them is another.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<SurfaceRegion> Regions { get; set; } = [];

    /// <summary>More buttons.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    /// <summary>A region was clicked, or its key pressed.</summary>
    [Parameter]
    public EventCallback<int> Clicked { get; set; }

    /// <summary>A region was put elsewhere.</summary>
    [Parameter]
    public EventCallback<SurfacePlacement> Placed { get; set; }

    /// <summary>A region was drawn; gives its number, or null where it came to nothing.</summary>
    [Parameter, EditorRequired]
    public Func<Box, Task<int?>> Drawn { get; set; } = null!;

    /// <summary>A region is to go.</summary>
    [Parameter]
    public EventCallback<int> Removed { get; set; }

    /// <summary>A region was selected; null for none.</summary>
    [Parameter]
    public EventCallback<int?> Selected { get; set; }

    /// <summary>A key asks for something.</summary>
    [Parameter]
    public EventCallback<SurfaceCommand> Commanded { get; set; }

    /// <summary>Brings the keyboard to a region.</summary>
    public Task FocusAsync(int region) => CallAsync("focus", region);

    /// <summary>Draws a region in the middle of what is seen.</summary>
    public Task DrawInMiddleAsync() => CallAsync("drawInMiddle");

    /// <inheritdoc/>
    public void Dispose() => _browser?.Dispose();

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Click(int id) => DoneAsync(Clicked.InvokeAsync(id));

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Place(int id, float left, float top, float right, float bottom, bool byKey) =>
        DoneAsync(Placed.InvokeAsync(new SurfacePlacement(id, new Box(left, top, right, bottom), byKey ? PlacedBy.Key : PlacedBy.Dragging)));

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public async Task<int?> Draw(float left, float top, float right, float bottom)
    {
        var id = await Drawn(new Box(left, top, right, bottom));
        await SynchronizeAsync();
        return id;
    }

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Remove(int id) => DoneAsync(Removed.InvokeAsync(id));

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Select(int? id) => Selected.InvokeAsync(id);

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public void Moving(bool on)
    {
        _moving = on;
        StateHasChanged();
    }

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Command(SurfaceCommand command) => command switch
    {
        SurfaceCommand.Compare => CompareAsync(),
        SurfaceCommand.Move => MoveAsync(!_moving),
        _ => DoneAsync(Commanded.InvokeAsync(command)),
    };

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _browser = new BrowserPart<RegionSurface>(Js, this, "/js/regions/surface.js");
            await _browser.OpenAsync("open", _root, _browser.Owner);
        }

        await SynchronizeAsync();
    }

    private static string Pressed(bool on) => on ? "true" : "false";

    /// <summary>What was done shows before the browser hears that it is done, so that nothing it dragged jumps back.</summary>
    private async Task DoneAsync(Task doing)
    {
        await doing;
        await SynchronizeAsync();
    }

    private async Task SynchronizeAsync()
    {
        var (picture, regions) = ((Width, Height, Result, Original), Regions);
        var (pictureChanged, regionsChanged) = (picture != _opened, !ReferenceEquals(regions, _shown));
        if (_browser is not { IsOpen: true } browser || !(pictureChanged || regionsChanged || _stale != IsStale))
        {
            return;
        }

        (_opened, _shown, _stale) = (picture, regions, IsStale);

        // All at once: a picture is never there without its regions, nor said to be new before it is.
        await browser.TellAsync("update", new
        {
            Picture = pictureChanged ? new { Width, Height, Result, Original } : null,
            Regions = regionsChanged ? regions.Select(Drawing) : null,
            Stale = _stale,
        });
    }

    private static object Drawing(SurfaceRegion region) => new
    {
        region.Id,
        Box = new { region.Box.Left, region.Box.Top, region.Box.Right, region.Box.Bottom },
        Path = region.Outline,
        region.Label,
        Covered = region.IsCovered,
        Drawn = region.IsDrawn,
        Fixed = region.IsFixed,
    };

    private Task MoveAsync(bool on) => CallAsync("move", on);

    private Task PeekAsync(bool on) => CallAsync("peek", on);

    private Task PeekByKeyAsync(KeyboardEventArgs key, bool on) => key.Key is " " or "Enter" && !key.Repeat ? PeekAsync(on) : Task.CompletedTask;

    private Task RetryAsync() => CallAsync("retry");

    private async Task CompareAsync()
    {
        _comparing = !_comparing;
        await CallAsync("compare", _comparing);
        StateHasChanged();
    }

    private async Task CallAsync(string name, params object?[] values)
    {
        if (_browser is { IsOpen: true } browser)
        {
            await browser.TellAsync(name, values);
        }
    }
}
