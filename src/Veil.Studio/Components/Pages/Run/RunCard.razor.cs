using Microsoft.AspNetCore.Components;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Run;

/// <summary>How far a run is, with what can be done about it.</summary>
public sealed partial class RunCard
{
    private readonly string _titleId = "run-" + Guid.NewGuid().ToString("N")[..8];
    private string _announced = "";
    private int _step = -1;
    private RunState? _state;

    /// <summary>The run.</summary>
    [CascadingParameter]
    private RunView Run { get; set; } = null!;

    /// <summary>The project's name; null where the page says it already.</summary>
    [Parameter]
    public string? Name { get; set; }

    private bool IsPaused => Run.State is RunState.Pausing or RunState.Paused;

    private string Doing => T[$"Doing{Run.Work}"];

    private int Percent => (int)(100 * Run.Share);

    private string Sentence => Run.Failed > 0 ? T.Format("DoneOfFailed", Run.Done, Run.Total, Run.Failed) : T.Format("DoneOf", Run.Done, Run.Total);

    private string Pace => (Run.Rate, Run.Left) switch
    {
        ({ } rate, { } left) => T.Format("Pace", rate, Duration(left)),
        _ => Run.State == RunState.Running ? T["PaceUnknown"] : "",
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A screen reader that hears every picture hears nothing else.
        var step = Percent / 10;
        if (step != _step || Run.State != _state)
        {
            (_step, _state) = (step, Run.State);
            _announced = string.Join(". ", T[$"State{Run.State}"], Sentence, Pace);
        }
    }

    private void PauseOrResume()
    {
        if (IsPaused)
        {
            Runs.Resume(Run.Project);
        }
        else
        {
            Runs.Pause(Run.Project);
        }
    }

    private string Duration(TimeSpan left) => left.TotalSeconds < 60 ? T.Format("Seconds", Math.Max(1, (int)left.TotalSeconds))
        : left.TotalMinutes < 90 ? T.Format("Minutes", (int)Math.Round(left.TotalMinutes))
        : T.Format("Hours", left.TotalHours);
}
