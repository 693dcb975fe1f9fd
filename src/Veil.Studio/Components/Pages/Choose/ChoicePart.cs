using Microsoft.AspNetCore.Components;
using Veil.Studio.Choosing;

namespace Veil.Studio.Components.Pages.Choose;

/// <summary>A part of the page that shows and changes what is chosen.</summary>
public abstract class ChoicePart : ComponentBase
{
    // Cascaded rather than given as a parameter: parameters have to be public, and what the studio works with is not.
    [CascadingParameter]
    private protected ChooseState State { get; set; } = null!;

    private protected Choice Choice => State.Choice;

    private protected void Change(Choice choice) => State.Change(choice);
}
