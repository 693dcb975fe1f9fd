using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>One method for most regions and a stronger one for those that lie where the first was not enough. As thread-safe as its methods are.</summary>
/// <param name="usual">Covers the others, first.</param>
/// <param name="stronger">Covers regions that contain the centre of one of <paramref name="places"/>.</param>
/// <param name="places">Where the first was not enough.</param>
public sealed class EscalatedAnonymizer(IAnonymizer usual, IAnonymizer stronger, IReadOnlyList<Box> places) : IPictureAnonymizer
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => [.. usual.Remarks, .. stronger.Remarks];

    /// <inheritdoc/>
    public void Apply(PixelBuffer image, Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        For(region).Apply(image, region, mask);
    }

    /// <inheritdoc/>
    public void Apply(PixelBuffer image, IReadOnlyList<CoveredRegion> covered, IReadOnlyList<CoveredRegion> pending)
    {
        ArgumentNullException.ThrowIfNull(covered);
        ArgumentNullException.ThrowIfNull(pending);
        var groups = covered.ToLookup(one => IsWeak(one.Region));
        Apply(usual, image, [.. groups[false]], [.. groups[true], .. pending]);
        Apply(stronger, image, [.. groups[true]], pending);
    }

    /// <inheritdoc/>
    public PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        return For(region).Reads(region, mask);
    }

    /// <inheritdoc/>
    public IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered)
    {
        ArgumentNullException.ThrowIfNull(covered);
        var groups = covered.ToLookup(one => IsWeak(one.Region));
        return ReadsFor(usual, [.. groups[false]]).Concat(ReadsFor(stronger, [.. groups[true]]));
    }

    private static IEnumerable<PixelRect> ReadsFor(IAnonymizer method, IReadOnlyList<CoveredRegion> covered) =>
        method is IPictureAnonymizer whole ? whole.ReadsFor(covered) : covered.Select(one => method.Reads(one.Region, one.Mask));

    private static void Apply(IAnonymizer method, PixelBuffer image, IReadOnlyList<CoveredRegion> covered, IReadOnlyList<CoveredRegion> pending)
    {
        if (method is IPictureAnonymizer whole)
        {
            whole.Apply(image, covered, pending);
            return;
        }

        foreach (var (region, mask) in covered)
        {
            method.Apply(image, region, mask);
        }
    }

    private IAnonymizer For(Region region) => IsWeak(region) ? stronger : usual;

    private bool IsWeak(Region region) => places.Any(place =>
        place.CenterX >= region.Box.Left && place.CenterX < region.Box.Right && place.CenterY >= region.Box.Top && place.CenterY < region.Box.Bottom);
}
