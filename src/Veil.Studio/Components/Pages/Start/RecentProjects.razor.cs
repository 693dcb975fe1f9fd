using Veil.Studio.Components.Shared;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Start;

/// <summary>What was begun before: to go on with, or to delete.</summary>
public sealed partial class RecentProjects
{
    private IReadOnlyList<Project> _all = [];
    private ModalDialog _dialog = null!;
    private Project? _asked;

    /// <inheritdoc/>
    public void Dispose() => Projects.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Projects.Changed += OnChanged;
        _all = Projects.All;
    }

    private static string AddressOf(Project project) => $"/projects/{project.Id}/" + project.Stage switch
    {
        ProjectStage.Choosing => "choose",
        ProjectStage.Reviewing => "review",
        _ => "run",
    };

    private void OnChanged(string id) => _ = InvokeAsync(() =>
    {
        _all = Projects.All;
        StateHasChanged();
    });

    private async Task AskAsync(Project project)
    {
        _asked = project;
        await _dialog.ShowAsync();
    }

    private async Task DeleteAsync()
    {
        if (_asked is { } project)
        {
            await Projects.DeleteAsync(project.Id);
            await _dialog.CloseAsync();
        }
    }
}
