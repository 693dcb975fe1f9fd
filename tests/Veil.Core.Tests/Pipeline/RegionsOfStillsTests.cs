using Veil.Detection;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Core.Tests.Pipeline;

/// <summary>A film's cover may only be looked at by who can tell what is in it: regions from a file are those of the film.</summary>
public sealed class RegionsOfStillsTests
{
    private static readonly RegionsDocument Nothing = new([]);

    [Fact]
    public void Whoever_completes_or_unites_stored_regions_knows_no_stills_either()
    {
        using var landmarked = new LandmarkedRegions(new StoredRegions(Nothing), new LandmarkerDescriptor("test", "", [], () => throw new InvalidOperationException()));
        using var segmented = new SegmentedRegions(new StoredRegions(Nothing), new SegmenterDescriptor("test", "", RegionKind.Body, [], () => throw new InvalidOperationException()));
        using var united = new CombinedRegions([new WholeFrame(), new StoredRegions(Nothing)]);
        Assert.All<IRegionProvider>([landmarked, segmented, united], provider => Assert.False(provider.LooksAtStills));
    }

    [Fact]
    public void Whoever_unites_those_that_look_for_themselves_looks_at_stills()
    {
        using var united = new CombinedRegions([new WholeFrame(), new WholeFrame()]);
        Assert.True(united.LooksAtStills);
    }
}
