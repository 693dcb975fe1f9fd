using Microsoft.AspNetCore.Components;
using Veil.Studio.Components.Shared;
using Veil.Studio.Live.Recordings;

namespace Veil.Studio.Components.Pages.Live;

/// <summary>Recordings that lie in the studio's folder: what a window that broke off left behind, and what the browser was given.</summary>
public sealed partial class KeptRecordings
{
    private IReadOnlyList<KeptRecording> _kept = [];
    private int _unsaved;
    private KeptRecording? _asked;
    private ModalDialog _dialog = null!;
    private ElementReference _title;

    /// <inheritdoc/>
    public void Dispose() => Recordings.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Recordings.Changed += OnChanged;
        Read();
    }

    private async Task DeleteAsync(KeptRecording recording)
    {
        if (recording.State == RecordingState.Unsaved)
        {
            _asked = recording;
            await _dialog.ShowAsync();
            return;
        }

        await Recordings.DeleteAsync(recording.Name);
        await _title.FocusAsync();
    }

    private async Task DeleteForGoodAsync()
    {
        await _dialog.CloseAsync();
        await Recordings.DeleteAsync(_asked!.Name);
        await _title.FocusAsync();
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        Read();
        StateHasChanged();
    });

    private void Read()
    {
        _kept = Recordings.List();
        _unsaved = _kept.Count(recording => recording.State == RecordingState.Unsaved);
    }
}
