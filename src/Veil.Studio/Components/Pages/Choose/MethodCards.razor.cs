using Microsoft.AspNetCore.Components;
using Veil.Engine;
using Veil.Errors;
using Veil.Studio.Choosing;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Choose;

/// <summary>Methods as pictures of what they make of a face of the user's own.</summary>
public sealed partial class MethodCards
{
    private readonly Dictionary<string, ShownPicture?> _drawn = new(StringComparer.Ordinal);
    private CancellationTokenSource _drawingNow = new();
    private string? _of;
    private bool _all;
    private bool _drawing;

    [Inject]
    private IItemViews Views { get; set; } = null!;

    [Inject]
    private ShownPictures Shown { get; set; } = null!;

    private MethodGroup Beginners
    {
        get
        {
            var recommended = MethodGroup.Recommended(Catalogues.Methods);
            return recommended.Methods.Any(method => method.Id == Choice.Method.Id) ? recommended : recommended with { Methods = [.. recommended.Methods, Choice.Method] };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _drawingNow.Cancel();
        _drawingNow.Dispose();
        Clear();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (State.Item?.Id != _of)
        {
            _of = State.Item?.Id;
            Redraw();
        }
    }

    private void ToggleAll()
    {
        _all = !_all;
        if (_all)
        {
            Redraw(keep: _drawn.Count);
        }
    }

    private void Redraw(int keep = 0)
    {
        _drawingNow.Cancel();
        _drawingNow.Dispose();
        _drawingNow = new CancellationTokenSource();
        if (keep == 0)
        {
            Clear();
        }

        _ = DrawAsync(_drawingNow.Token);
    }

    private async Task DrawAsync(CancellationToken cancel)
    {
        if (State.Item is not { } item)
        {
            return;
        }

        _drawing = true;
        try
        {
            var thumbnails = new MethodThumbnails(await Views.OriginalAsync(State.Project.Id, item.Id, 0, 900, cancel));
            var order = Beginners.Methods.Concat(_all ? Catalogues.Methods.All : []).DistinctBy(method => method.Id).Where(method => !_drawn.ContainsKey(method.Id)).ToList();
            foreach (var method in order)
            {
                var drawn = await thumbnails.DrawAsync(method, cancel);
                _drawn[method.Id] = drawn is null ? null : Shown.Show(drawn);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // Another picture was chosen, or the page left.
            return;
        }
        catch (VeilException)
        {
            // The preview says what is wrong with this picture; the cards do without.
        }

        _drawing = false;
        StateHasChanged();
    }

    private void Clear()
    {
        foreach (var shown in _drawn.Values)
        {
            shown?.Dispose();
        }

        _drawn.Clear();
    }
}
