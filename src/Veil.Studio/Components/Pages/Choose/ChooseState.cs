using Veil.Studio.Choosing;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Choose;

/// <summary>What the page shows just now, and what its parts can do to it. Immutable: each change makes another, which draws the parts anew.</summary>
/// <param name="Project">The project.</param>
/// <param name="Item">The selected picture or film; null where there is none.</param>
/// <param name="Choice">What is chosen.</param>
/// <param name="Change">Chooses otherwise.</param>
/// <param name="Select">Selects another picture.</param>
internal sealed record ChooseState(Project Project, ProjectItem? Item, Choice Choice, Action<Choice> Change, Action<ProjectItem> Select);
