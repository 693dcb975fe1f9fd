namespace Veil.Studio.Components.Pages.Choose;

/// <summary>Names the texts about methods: <c>ID.Name</c> and <c>ID.Words</c>.</summary>
internal sealed class Methods;
