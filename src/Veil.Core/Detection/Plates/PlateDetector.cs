using Veil.Imaging;
using Veil.Regions;
using Veil.Writing;

namespace Veil.Detection.Plates;

/// <summary>
/// Finds registration plates without a network made for them: writing of a plate's shape that is not surely something else,
/// and what another detector takes for a plate. Covers too much rather than too little: what cannot be read counts.
/// </summary>
/// <param name="id">The detector's id, which regions carry as their origin.</param>
/// <param name="writing">Finds writing; owned.</param>
/// <param name="reader">Reads it; owned.</param>
/// <param name="other">Finds plates another way; owned. Null for writing alone.</param>
/// <param name="certainty">From which a reading can clear a line, 0..1.</param>
internal sealed class PlateDetector(string id, IRegionDetector writing, IWritingReader reader, IRegionDetector? other, float certainty) : IRegionDetector
{
    /// <summary>Share of a plate that must lie in another one to be left out.</summary>
    private const float Inside = 0.85f;

    private readonly RegionOrigin _origin = new(RegionSource.Detector, id);

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        var plates = new List<(Region Region, RotatedBox Box)>();
        foreach (var line in writing.Detect(image, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var box = RotatedBox.Of(line);
            if (PlateShape.Fits(box) && PlateShape.MayBe(reader.Read(image, line), certainty))
            {
                plates.Add(Plate(PlateShape.Around(box), line.Score));
            }
        }

        foreach (var found in other?.Detect(image, cancellationToken) ?? [])
        {
            var box = RotatedBox.Of(found);
            if (!plates.Exists(plate => plate.Box.CommonArea(box) >= Inside * box.Area))
            {
                plates.Add(Plate(box, found.Score));
            }
        }

        return [.. plates.Select(plate => plate.Region).OrderByDescending(region => region.Score)];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => Math.Min(writing.Reduction(width, height), other?.Reduction(width, height) ?? int.MaxValue);

    /// <inheritdoc/>
    public void Dispose()
    {
        writing.Dispose();
        reader.Dispose();
        other?.Dispose();
    }

    private (Region Region, RotatedBox Box) Plate(RotatedBox box, float score) =>
        (new Region(box.Bounds, RegionKind.Plate, score, _origin) { Outline = box.Corners }, box);
}
