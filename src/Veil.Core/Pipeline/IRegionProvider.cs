using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>Says which regions a frame has: by detection, from a file, or the whole frame. One instance per worker.</summary>
public interface IRegionProvider : IDisposable
{
    /// <summary>The regions of a frame, in its own coordinates.</summary>
    /// <exception cref="Errors.VeilException">They cannot be known; nothing of the item may be written then.</exception>
    IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken);

    /// <summary>True when it can tell the regions of any picture, false when it knows those of a film's frames alone.</summary>
    bool LooksAtStills => true;

    /// <summary>Called when an item has no more frames.</summary>
    /// <param name="item">The item.</param>
    /// <param name="frames">How many it had.</param>
    /// <exception cref="Errors.VeilException">Its regions are not for so many; nothing of the item may be written then.</exception>
    void Complete(MediaItem item, int frames)
    {
    }
}
