using Microsoft.AspNetCore.Components;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Review.Pictures;

/// <summary>A picture of a project, to be looked at and corrected.</summary>
public sealed partial class PictureReview
{
    /// <summary>The project. It has the item; the page around this makes sure of it, and draws it again when the project changes.</summary>
    [Parameter, EditorRequired]
    public string ProjectId { get; set; } = "";

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public string ItemId { get; set; } = "";

    private ProjectItem? Item => Projects.Find(ProjectId)?.Find(ItemId);
}
