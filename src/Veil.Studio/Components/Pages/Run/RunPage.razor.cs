using Microsoft.AspNetCore.Components;
using Veil.Errors;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Run;

/// <summary>A project's work: how far it is, what failed and why, and where results go.</summary>
public sealed partial class RunPage
{
    private Project? _project;
    private RunView? _run;
    private bool _outdated;
    private VeilException? _error;

    /// <summary>The project's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    private string Headline => _run switch
    {
        { Work: RunWork.Finding } => T["HeadFinding"],
        { Work: RunWork.Exporting } => T["HeadExporting"],
        _ => _project!.Stage == ProjectStage.Exported ? T["HeadExported"] : T["HeadReady"],
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Projects.Changed -= OnChanged;
        Runs.Progressed -= OnChanged;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Projects.Changed += OnChanged;
        Runs.Progressed += OnChanged;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Read();

    private void OnChanged(string project)
    {
        if (project == Id)
        {
            _ = InvokeAsync(() =>
            {
                Read();
                StateHasChanged();
            });
        }
    }

    private void Read()
    {
        (_project, _run) = (Projects.Find(Id), Runs.Find(Id));
        _outdated = _run is null && _project?.HasOutdated() == true;
    }

    private void Find()
    {
        try
        {
            _error = null;
            Runs.StartFinding(Id);
        }
        catch (VeilException error)
        {
            _error = error;
        }
    }
}
