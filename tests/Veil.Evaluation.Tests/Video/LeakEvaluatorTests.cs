using Veil.Errors;
using Veil.Evaluation.Video;
using Veil.Regions;

namespace Veil.Tests.Video;

public sealed class LeakEvaluatorTests
{
    private static readonly LeakEvaluator Evaluator = new(new RegionPolicy(), 32);
    private static readonly Box Face = Box.FromSize(50, 50, 40, 40);

    [Fact]
    public void A_face_that_is_covered_throughout_has_not_leaked()
    {
        var report = Evaluator.Evaluate(Film(_ => [Found(Face, 1)]), Film(_ => [Found(Face, 9)]));

        Assert.Equal((1, 10, 0, 0f), (report.Tracks, report.Frames, report.Leaks.Count, report.CoveredElsewhere));
    }

    [Fact]
    public void One_frame_makes_a_leak()
    {
        var report = Evaluator.Evaluate(Film(_ => [Found(Face, 1)]), Film(frame => frame == 6 ? [] : [Found(Face, 9)]));

        Assert.Equal([6], Assert.Single(report.Leaks).Leaked);
        Assert.Equal(1, report.LeakedFrames);
        Assert.Contains("\"leaked\"", report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_face_of_which_half_shows_has_leaked()
    {
        var report = Evaluator.Evaluate(Film(_ => [Found(Face, 1)]), Film(_ => [Found(Face.Offset(40, 0), 9)]));

        Assert.Equal(10, report.LeakedFrames);
    }

    [Fact]
    public void What_is_hardly_a_face_is_left_out()
    {
        Assert.Equal(0, Tracks(frame => frame < 4 ? [Found(Face, 1)] : []));
        Assert.Equal(0, Tracks(_ => [Found(Face, 1) with { Score = 0.55f }]));
        Assert.Equal(0, Tracks(_ => [Found(Box.FromSize(50, 50, 30, 40), 1)]));
        Assert.Equal(1, Tracks(_ => [Found(Face, 1), Found(Face.Offset(20, 0), 2) with { Score = 0.8f }]));
        Assert.Equal(2, Tracks(_ => [Found(Face, 1), Found(Face.Offset(60, 0), 2) with { Score = 0.8f }]));
        Assert.Equal(0, Tracks(_ => [Found(Face, 1) with { Origin = new RegionOrigin(RegionSource.Track, "test") }]));

        static int Tracks(Func<int, IReadOnlyList<Region>> regions) => Evaluator.Evaluate(Film(regions), Film(_ => [])).Tracks;
    }

    [Fact]
    public void A_track_is_not_looked_at_beyond_its_detections()
    {
        var carried = Found(Face, 1) with { Origin = new RegionOrigin(RegionSource.Track, "test") };
        var report = Evaluator.Evaluate(Film(frame => [frame < 6 ? Found(Face, 1) : carried]), Film(frame => frame < 6 ? [Found(Face, 1)] : []));

        Assert.Equal((6, 0), (report.Frames, report.Leaks.Count));
    }

    [Fact]
    public void What_is_covered_in_vain_is_counted()
    {
        var report = Evaluator.Evaluate(Film(_ => []), Film(_ => [new Region(new Box(0, 0, 200, 200), RegionKind.Image, 1, new RegionOrigin(RegionSource.Hand))]));

        Assert.Equal((0, 1f), (report.Tracks, report.CoveredElsewhere));
    }

    [Fact]
    public void Regions_of_another_film_are_refused()
    {
        var error = Assert.Throws<VeilException>(() => Evaluator.Evaluate(Film(_ => []), new RegionsDocument([])));

        Assert.Equal(VeilErrorCode.InvalidGroundTruth, error.Code);
    }

    private static Region Found(Box box, int track) => new(box, RegionKind.Face, 0.9f, new RegionOrigin(RegionSource.Detector, "test")) { Track = track };

    private static RegionsDocument Film(Func<int, IReadOnlyList<Region>> regions) =>
        new([new RegionTimeline("film", 200, 200, [.. Enumerable.Range(0, 10).Select(frame => new FrameRegions(frame, TimeSpan.Zero, regions(frame)))])]);
}
