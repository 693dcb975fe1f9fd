using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Editing;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;
using Veil.Studio.Tests.Editing;

namespace Veil.Studio.Tests.Films;

public sealed class TrackEditsTests
{
    private static readonly Dictionary<int, Box> Nowhere = [];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Undoing_everything_is_the_start_and_redoing_everything_the_end(int seed)
    {
        var start = DrawnFilm.Of(seed);
        var editor = new RegionEditor(start);
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
        {
            editor.Apply(AnyEdit(random, start));
        }

        ThereAndBack.Holds(start, editor);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_edit_but_leaving_clear_takes_cover_off_a_frame_and_none_gives_a_track_two_places_in_one(int seed)
    {
        var film = DrawnFilm.Of(seed);
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
        {
            var edit = AnyEdit(random, DrawnFilm.Of(seed));
            var after = edit.ApplyTo(film);
            for (var frame = 0; frame < film.Frames.Count; frame++)
            {
                var (before, now) = (DrawnFilm.Covered(film, frame), DrawnFilm.Covered(after, frame));
                Assert.True(before.Count == 0 || now.Count > 0, $"{edit.Name}: frame {frame} lost its cover");

                // Moving a box by hand is the one that may uncover where it was.
                Assert.True(
                    edit.Name == EditName.SetKeyframe || before.All(box => now.Any(other => other.Grow(0.001f).Union(box) == other.Grow(0.001f))), $"{edit.Name}: part of frame {frame} lost its cover");
                Assert.Distinct(after.Frames[frame].Regions.Select(region => region.Region.Track));
                Assert.Distinct(after.Frames[frame].Regions.Select(region => region.Id));
            }

            film = after;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_track_that_is_split_and_merged_again_covers_the_same(int seed)
    {
        var film = DrawnFilm.Of(seed);
        foreach (var track in FilmTracks.Of(film))
        {
            var at = track.Span.First + (track.Span.Count / 2);
            var split = TrackEdits.Split(film, track.Id, at);
            var other = FilmTracks.NextTrack(film);
            Assert.Equal(at > track.Span.First, FilmTracks.Find(split, other) is not null);
            var merged = TrackEdits.Merge(split, track.Id, other);
            Assert.Equal(film.Frames.Select(frame => DrawnFilm.Covered(film, frame.Index)), merged.Frames.Select(frame => DrawnFilm.Covered(merged, frame.Index)));
            Assert.Equal(track.Places.Select(place => place.Frame), FilmTracks.Find(merged, track.Id)!.Places.Select(place => place.Frame));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Merging_covers_in_every_frame_what_either_track_covered(int seed)
    {
        var film = DrawnFilm.Of(seed);
        var merged = TrackEdits.Merge(film, 1, 2);
        foreach (var frame in film.Frames)
        {
            foreach (var region in frame.Regions.Where(region => region.Cover == CoverChoice.Covered))
            {
                Assert.Contains(merged.Frames[frame.Index].Regions, after => after.Cover == CoverChoice.Covered && after.Region.Box.Union(region.Region.Box) == after.Region.Box);
            }
        }
    }

    [Fact]
    public void Tracks_of_different_kinds_do_not_merge()
    {
        var film = TrackEdits.Draw(DrawnFilm.Of(3), RegionKind.Plate, new Box(1, 1, 20, 20), 5, new FrameSpan(0, 9));
        Assert.Equal(VeilErrorCode.InvalidRegions, Assert.Throws<VeilException>(() => TrackEdits.Merge(film, 1, FilmTracks.NextTrack(film) - 1)).Code);
    }

    [Fact]
    public void A_track_is_left_clear_in_a_range_only()
    {
        var film = TrackEdits.Cover(DrawnFilm.Found(20, _ => new Box(0, 0, 10, 10)), 1, new FrameSpan(5, 8), CoverChoice.ClearByHand);
        Assert.Equal([5, 6, 7, 8], Enumerable.Range(0, 20).Where(frame => !DrawnFilm.IsCovered(film, 1, frame)));
    }

    [Fact]
    public void A_track_that_is_extended_goes_where_it_was_seen_and_is_held_and_grows_from_there_on()
    {
        var film = DrawnFilm.Found(20, frame => frame is >= 5 and <= 9 ? new Box(100, 100, 200, 200) : null);
        var after = TrackEdits.Extend(film, 1, 14, new Dictionary<int, Box> { [10] = new(110, 100, 210, 200) });
        var track = FilmTracks.Find(after, 1)!;
        Assert.Equal(new FrameSpan(5, 14), track.Span);
        Assert.Equal(new Box(110, 100, 210, 200), track.At(10)!.Value.Region.Region.Box);
        Assert.Equal(new Box(106, 96, 214, 204), track.At(14)!.Value.Region.Region.Box);
        Assert.All(track.Places.Where(place => place.Frame >= 10), place => Assert.Equal(PlaceOrigin.FromKeyframes, place.Origin));
        Assert.Equal(new FrameSpan(0, 9), FilmTracks.Find(TrackEdits.Extend(film, 1, 0, Nowhere), 1)!.Span);
    }

    [Fact]
    public void Gaps_are_filled_between_the_places_around_them()
    {
        var film = DrawnFilm.Found(11, frame => frame is 0 or 10 ? Box.FromSize(frame * 10, 0, 40, 40) : null);
        var after = FilmTracks.Find(TrackEdits.Fill(film, 1), 1)!;
        Assert.False(after.HasGaps);
        Assert.Equal(70, after.At(5)!.Value.Region.Region.Box.CenterX, 3);
    }

    [Fact]
    public void Only_a_track_that_was_drawn_can_be_deleted()
    {
        var film = DrawnFilm.Of(7);
        var drawn = TrackEdits.Draw(film, RegionKind.Face, new Box(10, 10, 60, 60), 20, new FrameSpan(10, 30));
        var track = FilmTracks.Find(drawn, FilmTracks.NextTrack(film))!;
        Assert.True(track.IsHandMade);
        Assert.Equal(PlaceOrigin.Keyframe, track.At(20)!.Value.Origin);
        Assert.Equal(new FrameSpan(10, 30), track.Span);
        Assert.Equal(film.Frames.Select(frame => frame.Regions), TrackEdits.Delete(drawn, track.Id).Frames.Select(frame => frame.Regions));
        Assert.Throws<VeilException>(() => TrackEdits.Delete(drawn, FilmTracks.Of(film)[0].Id));
    }

    [Fact]
    public void What_is_not_there_changes_nothing()
    {
        var film = DrawnFilm.Of(1);
        Assert.Same(film, TrackEdits.Split(film, 99, 5));
        Assert.Same(film, TrackEdits.Merge(film, 1, 99));
        Assert.Same(film, TrackEdits.Extend(film, 99, 0, Nowhere));
        Assert.Same(film, TrackEdits.Delete(film, 99));
        Assert.Same(film, Keyframes.Set(film, film, 99, 0, new Box(0, 0, 1, 1)));
    }

    [Fact]
    public void Regions_without_track_and_two_of_one_in_a_frame_become_tracks_of_their_own()
    {
        var region = new Region(new Box(0, 0, 9, 9), RegionKind.Face, 1, DrawnFilm.Detector);
        var film = new ReviewedItem(64, 64, [new ReviewedFrame(0, TimeSpan.Zero,
            [new(1, region with { Track = 4 }, CoverChoice.Covered), new(2, region with { Track = 4 }, CoverChoice.Covered), new(3, region, CoverChoice.Covered)])]);
        var numbered = FilmTracks.Numbered(film);
        Assert.Equal([4, 5, 6], numbered.Frames[0].Regions.Select(one => one.Region.Track));
        Assert.Same(numbered, FilmTracks.Numbered(numbered));
    }

    private static TrackEdit AnyEdit(Random random, ReviewedItem found)
    {
        var (frames, track, other, frame, to) = (found.Frames.Count, random.Next(1, 7), random.Next(1, 7), random.Next(found.Frames.Count), random.Next(found.Frames.Count));
        var box = Box.FromSize(random.Next(500), random.Next(300), random.Next(20, 80), random.Next(20, 80));
        var span = new FrameSpan(Math.Min(frame, to), Math.Max(frame, to));
        return random.Next(7) switch
        {
            0 => new(EditName.SplitTrack, film => TrackEdits.Split(film, track, frame)),
            1 => new(EditName.MergeTracks, film => TrackEdits.Merge(film, track, other)),
            2 => new(EditName.ExtendTrack, film => TrackEdits.Extend(film, track, to, Nowhere)),
            3 => new(EditName.Draw, film => TrackEdits.Draw(film, RegionKind.Face, box, frame, span)),
            4 => new(EditName.SetKeyframe, film => Keyframes.Set(film, found, track, frame, box)),
            5 => new(EditName.ExtendTrack, film => TrackEdits.Fill(film, track)),
            _ => new(EditName.Cover, film => TrackEdits.Cover(film, track, new FrameSpan(0, frames - 1), CoverChoice.Covered)),
        };
    }
}
