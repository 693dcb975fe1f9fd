using System.Numerics;
using Veil.Imaging;
using Veil.Regions;
using Veil.Writing;

namespace Veil.Pipeline;

/// <summary>
/// Passes on of another provider's writing what is to be hidden; regions of other kinds pass through. Only the pixels around
/// each line are asked for. The reader is loaded with the first line. Owns provider and reader.
/// </summary>
/// <param name="regions">Says where writing is.</param>
/// <param name="reader">Reads it.</param>
/// <param name="chooser">Decides.</param>
public sealed class MatchedWriting(IRegionProvider regions, WritingReaderDescriptor reader, WritingChooser chooser) : IRegionProvider
{
    private IWritingReader? _loaded;

    /// <inheritdoc/>
    public bool LooksAtStills => regions.LooksAtStills;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var found = regions.Find(item, frame, cancellationToken);
        var pieces = new List<ReadRegion>();
        foreach (var line in found.Where(region => region.Kind == RegionKind.Text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            pieces.Add(new ReadRegion(line, Read(frame, line)));
        }

        var hidden = new HashSet<Region>(chooser.Hidden(pieces), ReferenceEqualityComparer.Instance);
        return [.. found.Where(region => region.Kind != RegionKind.Text || hidden.Contains(region))];
    }

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames) => regions.Complete(item, frames);

    /// <inheritdoc/>
    public void Dispose()
    {
        regions.Dispose();
        _loaded?.Dispose();
    }

    /// <summary>What a line says; nothing for one outside the picture.</summary>
    private LineReading Read(Frame frame, Region line)
    {
        _loaded ??= reader.Create();
        var area = _loaded.Reads(line).Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        if (area.IsEmpty)
        {
            return LineReading.None;
        }

        using var pixels = FrameArea.Rgb(frame, area);
        var corner = new Vector2(area.Left, area.Top);
        return _loaded.Read(pixels, line with
        {
            Box = line.Box.Offset(-corner.X, -corner.Y),
            Outline = [.. line.Outline.Select(point => point - corner)],
        });
    }
}
