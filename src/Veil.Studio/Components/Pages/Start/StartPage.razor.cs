using Microsoft.AspNetCore.Components;
using Veil.Studio.Hosting;

namespace Veil.Studio.Components.Pages.Start;

/// <summary>Where work begins: one obvious big thing to do, two other ways, and what was begun before.</summary>
public sealed partial class StartPage
{
    [Inject]
    private StudioOptions Options { get; set; } = null!;
}
