using Microsoft.AspNetCore.Components;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Run;

/// <summary>A part of the page that shows something of the project.</summary>
public abstract class RunPart : ComponentBase
{
    // Cascaded rather than given as a parameter: parameters have to be public, and what the studio works with is not.
    [CascadingParameter]
    private protected Project Project { get; set; } = null!;
}
