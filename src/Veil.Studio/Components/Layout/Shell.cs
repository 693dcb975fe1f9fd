namespace Veil.Studio.Components.Layout;

/// <summary>Names the texts of everything around the pages.</summary>
internal sealed class Shell;
