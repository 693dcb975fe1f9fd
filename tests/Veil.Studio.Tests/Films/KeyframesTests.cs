using Veil.Regions;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Films;

public sealed class KeyframesTests
{
    private static readonly Box Start = Box.FromSize(100, 100, 40, 40);
    private static readonly Box End = Box.FromSize(300, 100, 160, 40);

    [Fact]
    public void Between_two_keyframes_the_centre_goes_straight_and_the_size_by_a_steady_factor()
    {
        var film = Corrected(DrawnFilm.Found(21, _ => Start, _ => DrawnFilm.FilledIn));
        var middle = BoxAt(film, 10);
        Assert.Equal((Start.CenterX + End.CenterX) / 2, middle.CenterX, 1);
        Assert.Equal(80, middle.Width, 1);
        Assert.Equal(40, middle.Height, 1);
    }

    [Fact]
    public void Outside_the_keyframes_what_was_found_stays()
    {
        var found = DrawnFilm.Found(30, _ => Start);
        var film = Keyframes.Set(Keyframes.Set(found, found, 1, 5, Start), found, 1, 15, End);
        Assert.All(Enumerable.Range(16, 14), frame => Assert.Equal(found.Frames[frame], film.Frames[frame]));
        Assert.All(Enumerable.Range(0, 5), frame => Assert.Equal(found.Frames[frame], film.Frames[frame]));
    }

    [Fact]
    public void What_was_found_between_keyframes_stays_covered_and_is_the_same_after_moving_one_to_and_fro()
    {
        var found = DrawnFilm.Found(21, frame => Box.FromSize(100, 100 + frame, 40, 40));
        var once = Corrected(found);
        Assert.All(Enumerable.Range(1, 19), frame => Assert.Equal(BoxAt(once, frame), BoxAt(once, frame).Union(BoxAt(found, frame))));
        var back = Keyframes.Set(Keyframes.Set(once, found, 1, 20, Box.FromSize(500, 300, 90, 40)), found, 1, 20, End);
        Assert.Equal(Enumerable.Range(0, 21).Select(frame => BoxAt(once, frame)), Enumerable.Range(0, 21).Select(frame => BoxAt(back, frame)));
    }

    [Fact]
    public void Time_decides_where_frames_follow_each_other_unevenly()
    {
        var even = DrawnFilm.Found(3, _ => Start, _ => DrawnFilm.FilledIn);
        var film = even with { Frames = [even.Frames[0], even.Frames[1] with { Time = TimeSpan.FromMilliseconds(10) }, even.Frames[2] with { Time = TimeSpan.FromMilliseconds(100) }] };
        var after = Keyframes.Set(Keyframes.Set(film, film, 1, 0, Start), film, 1, 2, End);
        Assert.Equal(Start.CenterX + (0.1f * (End.CenterX - Start.CenterX)), BoxAt(after, 1).CenterX, 1);
    }

    [Fact]
    public void A_keyframe_where_the_track_was_missing_covers_the_frames_up_to_it()
    {
        var found = DrawnFilm.Found(21, frame => frame <= 4 ? Start : null);
        var film = Keyframes.Set(Keyframes.Set(found, found, 1, 4, Start), found, 1, 20, End);
        Assert.All(Enumerable.Range(0, 21), frame => Assert.True(DrawnFilm.IsCovered(film, 1, frame)));
    }

    [Fact]
    public void What_moves_loses_the_shape_that_no_longer_fits()
    {
        var found = DrawnFilm.Of(5);
        var track = FilmTracks.Of(found)[0];
        var film = Keyframes.Set(found, found, track.Id, track.Span.First, Start);
        Assert.Empty(film.Frames[track.Span.First].Regions.Single(region => region.Region.Track == track.Id).Region.Outline);
    }

    private static ReviewedItem Corrected(ReviewedItem found) => Keyframes.Set(Keyframes.Set(found, found, 1, 0, Start), found, 1, 20, End);

    private static Box BoxAt(ReviewedItem item, int frame) => item.Frames[frame].Regions.Single().Region.Box;
}
