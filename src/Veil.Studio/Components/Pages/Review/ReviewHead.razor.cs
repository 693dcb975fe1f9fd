using Microsoft.AspNetCore.Components;
using Veil.Studio.Components.Surface;
using Veil.Studio.Projects;
using Veil.Studio.Reviewing;

namespace Veil.Studio.Components.Pages.Review;

/// <summary>Above an item that is looked at: its name, how much is left to look at, and the ways on.</summary>
public sealed partial class ReviewHead
{
    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public string ProjectId { get; set; } = "";

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public string ItemId { get; set; } = "";

    /// <summary>Does what keys ask for that concerns items.</summary>
    public void Do(SurfaceCommand command)
    {
        switch (command)
        {
            case SurfaceCommand.Next:
                Go(ReviewWay.Next);
                break;
            case SurfaceCommand.Previous:
                Go(ReviewWay.Previous);
                break;
            case SurfaceCommand.LookedAt:
                LookAt();
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Projects.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Projects.Changed += OnChanged;

    private static string NameOf(ProjectItem item) => item.Name[(item.Name.LastIndexOf('/') + 1)..];

    private void OnChanged(string project)
    {
        if (project == ProjectId)
        {
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private string Standing(Project project) => project.Items.Count(ReviewQueue.NeedsALook) switch
    {
        0 => T["NothingLeft"],
        1 => T["OneLeft"],
        var many => T.Format("ManyLeft", many),
    };

    private string? Disabled(Project project, ReviewWay way) => ReviewQueue.Beside(project, ItemId, way) is null ? "true" : null;

    private void Go(ReviewWay way)
    {
        if (Projects.Find(ProjectId) is { } project && ReviewQueue.Beside(project, ItemId, way) is { } item)
        {
            Navigation.NavigateTo(Addresses.Review(ProjectId, item.Id));
        }
    }

    /// <summary>Marks the item and goes on; marks it no longer where it was marked.</summary>
    private void LookAt()
    {
        var looked = Projects.Find(ProjectId)?.Find(ItemId)?.LookedAt == false;
        Projects.ChangeItem(ProjectId, ItemId, item => item with { LookedAt = looked });
        if (looked)
        {
            Go(ReviewWay.Next);
        }
    }
}
