namespace Veil.Studio.Components.Pages.Live;

/// <summary>A camera that the browser tells of.</summary>
/// <param name="Id">The browser's own id of it, empty before a camera may be used.</param>
/// <param name="Name">As the system calls it, likewise.</param>
public sealed record CameraEntry(string Id, string Name);
