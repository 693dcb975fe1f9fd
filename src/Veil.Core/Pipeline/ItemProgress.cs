namespace Veil.Pipeline;

/// <summary>How far an item is.</summary>
/// <param name="Item">The item.</param>
/// <param name="Done">Frames that are finished.</param>
/// <param name="Total">Frames there are, as far as the input says so; 0 when it does not.</param>
public readonly record struct ItemProgress(MediaItem Item, int Done, int Total);
