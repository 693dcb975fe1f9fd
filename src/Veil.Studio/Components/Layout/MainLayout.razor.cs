using Microsoft.AspNetCore.Components;

namespace Veil.Studio.Components.Layout;

/// <summary>The bar on top, and the page below it.</summary>
public sealed partial class MainLayout
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // With a base address of "/", a bare "#content" would leave the page.
    private string SkipTarget => new Uri(Navigation.Uri).PathAndQuery + "#content";
}
