using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Veil.Studio.Components.Shared;
using Veil.Studio.Live;
using Veil.Studio.Live.Recordings;

namespace Veil.Studio.Components.Pages.Live;

/// <summary>The camera's picture with everybody covered, to look at, record and take pictures of.</summary>
public sealed partial class LivePage
{
    private ElementReference _canvas;
    private BrowserPart<LivePage>? _view;
    private LiveRoom? _room;
    private Phase _phase;
    private string? _failure;
    private int? _recorded;
    private bool _saving;
    private int _shown;
    private double _delay;

    private enum Phase
    {
        Off,
        Starting,
        Running,
    }

    [Inject]
    private LiveRooms Rooms { get; set; } = null!;

    private IReadOnlyList<CameraEntry> Cameras { get; set; } = [];

    private bool IsShowing => _phase == Phase.Running && _shown > 0;

    // Grey needs a word of explanation; a picture none.
    private string? StageSentence => _phase switch
    {
        Phase.Off => T["StageOff"],
        Phase.Starting => T["StageStarting"],
        _ when _room!.Problem is not null => T["StageRefused"],
        _ when _room.State is LiveState.Silent => T["StageSilent"],
        _ when _room.State is LiveState.Idle or LiveState.Preparing => T["StagePreparing"],
        _ => null,
    };

    private string StateSentence => _phase == Phase.Off ? T["State_Off"] : _room!.IsChanging ? T["Changing"] : T["State_" + _room.State];

    /// <summary>Told by the page every second.</summary>
    /// <param name="shown">Pictures shown since.</param>
    /// <param name="delay">Between the camera and the screen, ms, half of the pictures.</param>
    /// <param name="recorded">How long a recording is, seconds; negative for none.</param>
    [JSInvokable]
    public void OnSecond(int shown, double delay, int recorded)
    {
        (_shown, _delay, _recorded) = (shown, delay, recorded < 0 ? null : recorded);
        StateHasChanged();
    }

    /// <summary>Told by the page when the picture ended by itself.</summary>
    /// <param name="reason">Why, in a word.</param>
    [JSInvokable]
    public void OnLost(string reason)
    {
        _failure = reason switch
        {
            "unplugged" => "Unplugged",
            "gone" => Rooms.AreFull && _shown == 0 ? "Full" : "Gone",
            _ => "Broken",
        };
        End();
        StateHasChanged();
    }

    /// <summary>Told by the page when a recording was handed to the browser, or broke off.</summary>
    /// <param name="why">In a word.</param>
    [JSInvokable]
    public void OnRecorded(string why)
    {
        (_recorded, _saving) = (null, false);
        if (why != "ended")
        {
            _failure = why switch { "no-room" => "NoRoom", "empty" => "NothingRecorded", _ => "RecordingBroke" };
        }

        StateHasChanged();
    }

    /// <summary>Told by the page which cameras there are.</summary>
    /// <param name="cameras">All of them.</param>
    [JSInvokable]
    public void OnCameras(CameraEntry[] cameras)
    {
        Cameras = [.. cameras.Where(camera => camera.Id.Length > 0)];
        if (Cameras.All(camera => camera.Id != _camera))
        {
            // It was pulled out: asked for again it would be missing, though others are there.
            _camera = "";
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _view?.Dispose();
        if (_room is not null)
        {
            _room.Changed -= OnRoomChanged;
            await _room.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _room = Rooms.Open();
        _room.Changed += OnRoomChanged;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _view = new BrowserPart<LivePage>(Js, this, "/js/live/live.js");
            await _view.OpenAsync("open", _canvas, _view.Owner);
            await ShapeAsync();
            OnCameras(await _view.AskAsync<CameraEntry[]>("cameras"));
        }
    }

    private static string Clock(int seconds) => FormattableString.Invariant($"{seconds / 60:00}:{seconds % 60:00}");

    private async Task StartAsync()
    {
        (_failure, _phase) = (null, Phase.Starting);
        if (Rooms.AreFull && !_room!.IsServing)
        {
            _failure = "Full";
            End();
            return;
        }

        var reason = await _view!.AskAsync<string>("start", LiveArea.SocketPath(_room!), _camera);
        if (reason.Length == 0)
        {
            _phase = _phase == Phase.Starting ? Phase.Running : _phase;
        }
        else if (reason != "stopped")
        {
            _failure = reason switch { "denied" => "Denied", "none" => "None", "busy" => "Busy", "falsified" => "Falsified", _ => "CameraFailed" };
            End();
        }
    }

    private async Task StopAsync()
    {
        End();
        await _view!.TellAsync("stop");
    }

    private async Task RecordAsync()
    {
        (_failure, _recorded) = (null, 0);
        await _view!.TellAsync("record", RecordingEndpoints.SocketPath(_room!));
    }

    private async Task StopRecordingAsync()
    {
        (_recorded, _saving) = (null, true);
        await _view!.TellAsync("stopRecording");
    }

    private async Task SnapshotAsync() => await _view!.TellAsync("snapshot");

    private void End() => (_phase, _saving, _recorded, _shown, _delay) = (Phase.Off, _saving || _recorded is not null, null, 0, 0);

    private void OnRoomChanged() => _ = InvokeAsync(StateHasChanged);
}
