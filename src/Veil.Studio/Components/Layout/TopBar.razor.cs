using Microsoft.AspNetCore.Components.Routing;

namespace Veil.Studio.Components.Layout;

/// <summary>The product's name, the steps of the project that is open, and the tools beside projects.</summary>
public sealed partial class TopBar
{
    private static readonly (string Key, string? Segment)[] Steps = [("Start", null), ("Choose", "choose"), ("Review", "review"), ("Run", "run")];

    // Addresses of a project's pages are /projects/ID/STEP.
    private string? Project => Segments is ["projects", { Length: > 0 } id, ..] ? id : null;

    private string? CurrentStep => Segments switch
    {
        [] => "Start",
        ["projects", _, var step, ..] => Steps.FirstOrDefault(known => string.Equals(known.Segment, step, StringComparison.Ordinal)).Key,
        _ => null,
    };

    private string[] Segments => new Uri(Navigation.Uri).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= OnMoved;

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    private string? AddressOf((string Key, string? Segment) step) =>
        step.Segment is null ? "/" : Project is { } id ? $"/projects/{id}/{step.Segment}" : null;

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);
}
