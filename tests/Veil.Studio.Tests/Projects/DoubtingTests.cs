using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class DoubtingTests
{
    [Fact]
    public void Sure_large_faces_leave_no_doubt() => Assert.Empty(Doubting.Of(Still(Face(0.9f, 80))));

    [Fact]
    public void Nothing_found_weak_small_and_clear_are_told()
    {
        Assert.Equal(DoubtReason.NothingFound, Assert.Single(Doubting.Of(Still())).Reason);
        Assert.Equal(DoubtReason.WeakDetection, Assert.Single(Doubting.Of(Still(Face(0.5f, 80)))).Reason);
        Assert.Equal(DoubtReason.SmallFace, Assert.Single(Doubting.Of(Still(Face(0.9f, 12)))).Reason);
        Assert.Equal(DoubtReason.SomebodyClear, Assert.Single(Doubting.Of(Still(Face(0.9f, 80) with { Cover = CoverChoice.ClearByPerson }))).Reason);
    }

    [Fact]
    public void The_most_pressing_comes_first_and_more_reasons_weigh_more()
    {
        var both = Doubting.Of(Still(Face(0.5f, 12)));
        Assert.Equal([DoubtReason.WeakDetection, DoubtReason.SmallFace], both.Select(doubt => doubt.Reason));
        Assert.True(Doubting.Weight(both) > Doubting.Weight([both[0]]));
        Assert.Equal(0, Doubting.Weight([]));
    }

    [Fact]
    public void A_track_with_a_gap_or_an_end_amid_the_picture_is_broken_and_one_that_leaves_it_is_not()
    {
        Assert.Equal(new Doubt(DoubtReason.BrokenTrack, 1), Assert.Single(Doubting.Of(Film([Tracked(200)], [], [Tracked(200)]))));
        Assert.Equal(new Doubt(DoubtReason.BrokenTrack, 2), Assert.Single(Doubting.Of(Film([Tracked(200)], [Tracked(200)], []))));
        Assert.Empty(Doubting.Of(Film([Tracked(200)], [Tracked(1)], [])));
        Assert.Empty(Doubting.Of(Film([Tracked(200)], [Tracked(200)])));
    }

    private static ReviewedItem Still(params ReviewedRegion[] regions) => new(640, 480, [new ReviewedFrame(0, TimeSpan.Zero, regions)]);

    private static ReviewedItem Film(params ReviewedRegion[][] frames) => new(640, 480, [.. frames.Select((regions, index) => new ReviewedFrame(index, TimeSpan.FromSeconds(index / 25.0), regions))]);

    private static ReviewedRegion Face(float score, float side) =>
        new(1, new Region(new Box(100, 100, 100 + side, 100 + side), RegionKind.Face, score, new RegionOrigin(RegionSource.Detector, "x")), CoverChoice.Covered);

    private static ReviewedRegion Tracked(float left) =>
        new(1, new Region(new Box(left, 100, left + 60, 160), RegionKind.Face, 0.9f, new RegionOrigin(RegionSource.Detector, "x")) { Track = 1 }, CoverChoice.Covered);
}
