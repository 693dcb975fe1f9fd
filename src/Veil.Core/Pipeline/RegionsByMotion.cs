using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// One provider for stills and another for the frames of moving pictures, each made when the first of its kind comes. Owns both.
/// </summary>
/// <param name="stills">Makes the one for stills.</param>
/// <param name="films">Makes the one for moving pictures.</param>
public sealed class RegionsByMotion(Func<IRegionProvider> stills, Func<IRegionProvider> films) : IRegionProvider
{
    private IRegionProvider? _stills;
    private IRegionProvider? _films;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return (frame.IsMoving ? _films ??= films() : _stills ??= stills()).Find(item, frame, cancellationToken);
    }

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames)
    {
        _stills?.Complete(item, frames);
        _films?.Complete(item, frames);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stills?.Dispose();
        _films?.Dispose();
    }
}
