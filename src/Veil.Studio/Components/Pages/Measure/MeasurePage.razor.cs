using Microsoft.AspNetCore.Components;
using Veil.Errors;
using Veil.Studio.Measuring;

namespace Veil.Studio.Components.Pages.Measure;

/// <summary>Starts measurements of how well methods hide people, and shows their reports.</summary>
public sealed partial class MeasurePage
{
    private MeasurementKind _kind;
    private MeasurementSize _size;
    private string _faces = "";
    private string _dataset = "";
    private string _methods = "few";
    private string? _deleting;
    private VeilException? _problem;

    /// <summary>The measurement whose report is read; null for the list.</summary>
    [Parameter]
    public string? Report { get; set; }

    [Inject]
    private Measurements Kept { get; set; } = null!;

    private bool IsBusy => Kept.All.Any(one => one.State == MeasurementState.Running);

    private Measurement? Shown => Report is not null && Kept.Find(Report) is { State: MeasurementState.Done } known ? known : null;

    // The frontier needs several treatments to choose among; the veil and one colour are what others are compared with.
    private string[] Methods => _methods switch
    {
        "one" => ["veil"],
        "few" => ["veil", "solid", "pixelate:grid=8", "gaussian:sigma=0.2"],
        _ => ["strengths"],
    };

    /// <inheritdoc/>
    public void Dispose() => Kept.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Kept.Changed += OnChanged;

    private static string Badge(Measurement one) => one.State switch
    {
        MeasurementState.Done => one.Said.Length > 0 ? "warn" : "good",
        MeasurementState.Failed => "bad",
        _ => "",
    };

    private string Subject(Measurement one) => T.Format(
        "Subject", Path.GetFileName(one.Request.Faces.TrimEnd('/')), T["Size_" + one.Request.Size], one.Started.LocalDateTime.ToString("g", T.Language.Culture));

    // Names of methods are as on the command line, where the program says them.
    private string StepOf(Measurement one) => Words.Of(one.Progress.Step).Text;

    private void Start() => Try(() => Kept.Start(new MeasurementRequest(_kind, _faces.Trim(), _kind == MeasurementKind.Frontier ? _dataset.Trim() : null, _size, Methods)));

    private void Resume(string id) => Try(() => Kept.Resume(id));

    private Task StopAsync(string id) => Kept.StopAsync(id);

    private async Task DeleteAsync(string id)
    {
        _deleting = null;
        await Kept.DeleteAsync(id);
        if (Report == id)
        {
            Navigation.NavigateTo("/measure");
        }
    }

    private void Try(Action action)
    {
        _problem = null;
        try
        {
            action();
        }
        catch (VeilException problem)
        {
            // Said beside the button.
            _problem = problem;
        }
    }

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
