using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>One region per frame: all of it.</summary>
public sealed class WholeFrame : IRegionProvider
{
    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return [Of(frame)];
    }

    /// <summary>The region that is all of a frame.</summary>
    internal static Region Of(Frame frame) => new(new Box(0, 0, frame.Width, frame.Height), RegionKind.Image, 1, new RegionOrigin(RegionSource.Request));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
