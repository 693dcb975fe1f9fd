using Microsoft.AspNetCore.Components;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Review;

/// <summary>One picture or film of a project, to be looked at and corrected.</summary>
public sealed partial class ReviewItemPage : IDisposable
{
    private Project? _project;

    /// <summary>The project.</summary>
    [Parameter]
    public string ProjectId { get; set; } = "";

    /// <summary>Its item.</summary>
    [Parameter]
    public string ItemId { get; set; } = "";

    /// <inheritdoc/>
    public void Dispose() => Projects.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Projects.Changed += OnChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _project = Projects.Find(ProjectId);

    private void OnChanged(string project)
    {
        if (project == ProjectId)
        {
            _ = InvokeAsync(() =>
            {
                _project = Projects.Find(ProjectId);
                StateHasChanged();
            });
        }
    }
}
