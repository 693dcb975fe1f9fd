using Microsoft.AspNetCore.Components;
using Veil.Engine;
using Veil.Errors;
using Veil.Studio.Choosing;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Choose;

/// <summary>What to hide and how, with what comes of it beside it. Every change is kept at once.</summary>
public sealed partial class ChoosePage
{
    private ChooseState? _state;
    private VeilException? _error;

    /// <summary>The project's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    public void Dispose() => Projects.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Projects.Changed += OnChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_state?.Project.Id != Id)
        {
            _state = Projects.Find(Id) is { } project
                ? new ChooseState(project, project.Items.Count > 0 ? project.Items[0] : null, Choice.Of(project.Settings, Catalogues.Methods), Change, Select)
                : null;
        }
    }

    private void Select(ProjectItem item)
    {
        _state = _state! with { Item = item };
        StateHasChanged();
    }

    private void Change(Choice choice)
    {
        _state = _state! with { Choice = choice };
        Projects.Change(Id, project => project with { Settings = choice.Apply(project.Settings) });
        Refresh();
    }

    private void OnChanged(string id)
    {
        if (id == Id)
        {
            _ = InvokeAsync(Refresh);
        }
    }

    private void Refresh()
    {
        _state = Projects.Find(Id) is { } project && _state is { } state
            ? state with { Project = project, Item = state.Item is { } item ? project.Find(item.Id) : project.Items.Count > 0 ? project.Items[0] : null }
            : null;
        StateHasChanged();
    }

    private void Go()
    {
        try
        {
            _error = null;
            Runs.StartFinding(Id);
            Navigation.NavigateTo($"/projects/{Id}/run");
        }
        catch (VeilException error)
        {
            // E.g. results are being written.
            _error = error;
        }
    }
}
