using FsCheck;
using FsCheck.Fluent;
using Veil.Imaging;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Tests.Tracking;

public sealed class RegionTrackerTests
{
    private static readonly TrackingPolicy Policy = new();
    private readonly Film _film = new(240, 96, 48);

    [Fact]
    public void A_face_that_is_missed_now_and_then_is_covered_in_every_frame()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var found = Enumerable.Range(0, Film.Length).Select(frame => frame == 20 || random.Next(4) == 0).ToArray();
            var taken = Film.Track(Policy, frame => found[frame] ? [_film.Found(frame)] : [], frame => _film.Frame(frame));
            for (var frame = Math.Max(0, Array.IndexOf(found, true) - Policy.LookAhead); frame < Film.Length && frame <= Array.LastIndexOf(found, true) + 20; frame++)
            {
                AssertCovered(taken[frame], frame);
            }

            Assert.Single(taken.SelectMany(regions => regions).Select(region => region.Track).Distinct());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void A_face_is_covered_before_it_is_first_found_as_far_as_the_look_ahead_reaches()
    {
        var taken = Film.Track(Policy with { LookAhead = 12 }, frame => frame >= 30 ? [_film.Found(frame)] : [], frame => _film.Frame(frame));

        for (var frame = 18; frame < Film.Length; frame++)
        {
            AssertCovered(taken[frame], frame);
        }

        Assert.All(taken[20], region => Assert.Equal(RegionSource.Track, region.Origin.Source));
        Assert.All(taken[30], region => Assert.Equal(RegionSource.Detector, region.Origin.Source));
    }

    [Fact]
    public void A_face_that_is_found_again_keeps_its_number_and_is_covered_in_between()
    {
        // Hidden for a while: nothing can be followed there.
        var taken = Film.Track(
            Policy with { Coast = 3 }, frame => frame is < 20 or >= 30 ? [_film.Found(frame)] : [], frame => _film.Frame(frame, withPatch: frame is < 20 or >= 24));

        Assert.Single(taken.SelectMany(regions => regions).Select(region => region.Track).Distinct());
        for (var frame = 0; frame < Film.Length; frame++)
        {
            AssertCovered(taken[frame], frame);
        }
    }

    [Fact]
    public void Detecting_in_every_third_frame_covers_those_between()
    {
        var looked = 0;
        var tracker = new RegionTracker(Policy with { DetectEvery = 3, LookAhead = 0 });
        for (var frame = 0; frame < Film.Length; frame++)
        {
            if (tracker.Advance(_film.Frame(frame)))
            {
                looked++;
                tracker.Detect([_film.Found(frame)]);
            }

            AssertCovered(tracker.TryTake()!, frame);
        }

        Assert.Equal(Film.Length / 3, looked);
    }

    [Fact]
    public void A_cut_ends_tracks_and_nothing_is_filled_back_across_it()
    {
        var taken = Film.Track(Policy, frame => frame is < 20 or >= 35 ? [_film.Found(frame)] : [], frame => _film.Frame(frame, withPatch: frame != 30, ground: frame < 30 ? 0 : 1));

        Assert.NotEqual(taken[29][0].Track, taken[31][0].Track);
        Assert.Equal(1, taken.SelectMany(regions => regions).Select(region => region.Track).Distinct().Count(track => track == taken[59][0].Track));
        Assert.All(taken.Take(30).SelectMany(regions => regions), region => Assert.Equal(taken[0][0].Track, region.Track));
        Assert.All(taken.Skip(30).SelectMany(regions => regions), region => Assert.NotEqual(taken[0][0].Track, region.Track));
    }

    [Fact]
    public void The_first_frame_of_a_shot_is_looked_at()
    {
        var tracker = new RegionTracker(Policy with { DetectEvery = 10 });

        Assert.Equal([0, 10, 17, 20], Enumerable.Range(0, 25).Where(frame => tracker.Advance(_film.Frame(frame, ground: frame < 17 ? 0 : 1))));
    }

    [Fact]
    public void Boxes_contain_what_was_found_and_references_keep_their_size()
    {
        var random = new Random(3);
        var found = Enumerable.Range(0, Film.Length).Select(frame => _film.Found(frame) with { Box = _film.Place(frame).Grow(random.NextSingle() * 0.03f).Offset(random.NextSingle() * 2, 0) }).ToArray();
        var taken = Film.Track(Policy, frame => [found[frame]], frame => _film.Frame(frame));

        var sizes = new HashSet<(float, float)>();
        var places = new List<float>();
        for (var frame = 0; frame < Film.Length; frame++)
        {
            var region = Assert.Single(taken[frame]);
            Assert.True(region.Box.Grow(0.001f).Union(found[frame].Box) == region.Box.Grow(0.001f));
            var reference = region.Reference!.Value;
            sizes.Add((MathF.Round(reference.Width, 1), MathF.Round(reference.Height, 1)));

            places.Add(reference.CenterX - _film.Place(frame).CenterX);
            Assert.InRange(places[^1], 0 - (reference.Width / 32), 2 + (reference.Width / 32));
        }

        // A detector's box trembles by two pixels around the face, the reference by less.
        Assert.Single(sizes);
        Assert.InRange(places.Skip(5).Max() - places.Skip(5).Min(), 0, 1.2f);
    }

    [Fact]
    public void A_large_mistake_does_not_hide_all_for_long()
    {
        var mistake = new Region(new Box(0, 0, 200, 90), RegionKind.Face, 0.5f, new RegionOrigin(RegionSource.Detector, "test"));
        var taken = Film.Track(Policy, frame => frame == 30 ? [mistake] : [], frame => _film.Frame(0));

        Assert.Single(taken[30]);
        Assert.Equal(21, taken.Count(regions => regions.Count > 0));
    }

    [Fact]
    public void The_same_film_gives_the_same_regions()
    {
        string Run() => string.Join('\n', Film.Track(Policy, frame => frame % 4 == 0 ? [_film.Found(frame), _film.Found(frame, 60)] : [], frame => _film.Frame(frame)).SelectMany(regions => regions));

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Frames_of_any_size_are_taken()
    {
        for (var side = 1; side <= 67; side += side < 20 ? 1 : 9)
        {
            LumaPyramid Picture(int frame)
            {
                using var luma = new PixelBuffer(side, 68 - side, PixelFormat.Gray8);
                new Random(frame).NextBytes(luma.Row(0));
                return LumaPyramid.Of(luma, 1);
            }

            var face = new Region(new Box(-3, -2, side, 9), RegionKind.Face, 0.9f, new RegionOrigin(RegionSource.Detector, "test"));
            var taken = Film.Track(Policy with { LookAhead = 3 }, frame => frame is 2 or 5 ? [face] : frame == 7 ? null : [], Picture, 12);

            Assert.Equal(12, taken.Count);
            Assert.NotEmpty(taken[2]);
            Assert.NotEmpty(taken[5]);
        }
    }

    [Fact]
    public void A_film_with_nobody_has_no_regions() =>
        Assert.All(Film.Track(Policy, _ => [], frame => _film.Frame(frame, withPatch: false)), Assert.Empty);

    [Fact]
    public void Nothing_can_be_found_before_the_first_frame() => Assert.Throws<InvalidOperationException>(() => new RegionTracker(Policy).Detect([]));

    [Theory]
    [InlineData(25, 25, 50, 6)]
    [InlineData(10, 10, 20, 3)]
    [InlineData(50, 25, 100, 12)]
    [InlineData(0, 25, 50, 6)]
    [InlineData(1, 5, 10, 2)]
    public void Lengths_follow_the_frame_rate_and_the_look_ahead_does_not_grow(double rate, int lookAhead, int hold, int coast)
    {
        var policy = Policy.AtRate(rate);

        Assert.Equal((lookAhead, hold, coast), (policy.LookAhead, policy.Hold, policy.Coast));
        Assert.Equal(7, (Policy with { Hold = 7, FramesPerSecond = 0 }).AtRate(rate).Hold);
    }

    private void AssertCovered(IReadOnlyList<Region> regions, int frame) =>
        Assert.True(regions.Any(region => region.Box.Grow(0.1f).Intersect(_film.Place(frame)).Area >= 0.8f * _film.Place(frame).Area), $"Frame {frame} shows the face: {string.Join(' ', regions.Select(region => region.Box))} for {_film.Place(frame)}.");
}
