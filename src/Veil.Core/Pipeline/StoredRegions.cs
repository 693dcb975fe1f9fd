using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// Regions from a file that <c>detect</c> wrote and a person may have edited. A picture that the file does not know, or
/// knows in another size, is an error: nothing is guessed.
/// </summary>
/// <param name="document">The regions.</param>
public sealed class StoredRegions(RegionsDocument document) : IRegionProvider
{
    private readonly Dictionary<string, RegionTimeline> _byName = document.Timelines.ToDictionary(timeline => timeline.File, StringComparer.Ordinal);

    private RegionTimeline? _indexed;
    private Dictionary<int, IReadOnlyList<Region>> _byIndex = [];

    /// <inheritdoc/>
    /// <remarks>A film's regions are those of its frames; of a cover the file says nothing.</remarks>
    public bool LooksAtStills => false;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(frame);
        if (!_byName.TryGetValue(item.Name, out var timeline))
        {
            throw new VeilException(
                VeilErrorCode.InvalidRegions, $"The regions file has no entry for '{item.Name}'.",
                "Run 'veil detect' on the same inputs again, or add an entry with no regions if there is nobody in it.");
        }

        if (timeline.Width != frame.Width || timeline.Height != frame.Height)
        {
            throw new VeilException(
                VeilErrorCode.InvalidRegions,
                $"The regions of '{item.Name}' are for a picture of {timeline.Width}×{timeline.Height}, but it has {frame.Width}×{frame.Height}.",
                "Run 'veil detect' again: the picture changed since.");
        }

        if (!ReferenceEquals(_indexed, timeline))
        {
            (_indexed, _byIndex) = (timeline, timeline.Frames.ToDictionary(entry => entry.Index, entry => entry.Regions));
        }

        return _byIndex.GetValueOrDefault(frame.Index)
            ?? throw new VeilException(
                VeilErrorCode.InvalidRegions, $"The regions of '{item.Name}' have no entry for frame {frame.Index}.",
                "Add the frame with the regions to cover, or with none.");
    }

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (_byName.TryGetValue(item.Name, out var timeline) && timeline.Frames.Any(entry => entry.Index >= frames))
        {
            throw new VeilException(
                VeilErrorCode.InvalidRegions,
                $"The regions of '{item.Name}' are for {timeline.Frames.Max(entry => entry.Index) + 1} frames, but it has {frames}.",
                "Run 'veil detect' again: the file changed since, or other frames of it are asked for.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
