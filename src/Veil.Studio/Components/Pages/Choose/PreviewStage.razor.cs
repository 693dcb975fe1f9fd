using Microsoft.AspNetCore.Components;
using Veil.Errors;
using Veil.Studio.Choosing;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Choose;

/// <summary>
/// The selected picture as it would be written, beside its original. Drawn anew after each change, a moment after the last one. When it cannot be
/// drawn, the page says so and shows no picture: never the original in place of a result.
/// </summary>
public sealed partial class PreviewStage
{
    private const int StripLength = 40;
    private const int Longest = 1280;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(220);

    private readonly Dictionary<string, ShownPicture> _strip = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _drawing = new();
    private AnonymizerSettings? _drawnSettings;
    private string? _drawnItem;
    private ShownPicture? _original;
    private ShownPicture? _result;
    private VeilException? _error;
    private bool _compare = true;
    private bool _working;

    [Inject]
    private IItemViews Views { get; set; } = null!;

    [Inject]
    private ShownPictures Shown { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _drawing.Cancel();
        _gone.Dispose();
        _drawing.Dispose();
        _original?.Dispose();
        _result?.Dispose();
        foreach (var shown in _strip.Values)
        {
            shown.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var settings = State.Project.Settings;
        if (State.Item is { } item && (item.Id != _drawnItem || !ReferenceEquals(settings, _drawnSettings)))
        {
            var other = item.Id != _drawnItem;
            (_drawnItem, _drawnSettings) = (item.Id, settings);
            _drawing.Cancel();
            _drawing.Dispose();
            _drawing = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
            _ = DrawAsync(item, settings, other, _drawing.Token);
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = FillStripAsync();
        }
    }

    private async Task DrawAsync(ProjectItem item, AnonymizerSettings settings, bool other, CancellationToken cancel)
    {
        _working = true;
        try
        {
            if (other)
            {
                Replace(ref _result, null);
                Replace(ref _original, null);
            }

            await Task.Delay(other ? TimeSpan.Zero : Pause, cancel);
            if (_original is null)
            {
                Replace(ref _original, Shown.Show(await Views.OriginalAsync(State.Project.Id, item.Id, 0, Longest, cancel)));
            }

            var drawn = await Task.Run(() => Views.ResultAsync(State.Project.Id, item.Id, 0, Longest, settings, cancel), cancel);
            cancel.ThrowIfCancellationRequested();
            Replace(ref _result, Shown.Show(drawn));
            _error = null;
        }
        catch (OperationCanceledException)
        {
            // A newer wish is under way, or the page was left.
            return;
        }
        catch (VeilException error)
        {
            Replace(ref _result, null);
            _error = error;
        }

        _working = false;
        StateHasChanged();
    }

    private async Task FillStripAsync()
    {
        try
        {
            foreach (var item in State.Project.Items.Take(StripLength).ToList())
            {
                try
                {
                    _strip[item.Id] = Shown.Show(await Views.OriginalAsync(State.Project.Id, item.Id, 0, 160, _gone.Token));
                    StateHasChanged();
                }
                catch (VeilException)
                {
                    // Its button keeps an icon; the stage says why once it is selected.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private static void Replace(ref ShownPicture? place, ShownPicture? picture)
    {
        place?.Dispose();
        place = picture;
    }
}
