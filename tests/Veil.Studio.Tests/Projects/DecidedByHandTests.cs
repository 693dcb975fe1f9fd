using Veil.Regions;
using Veil.Studio.Editing;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;
using Veil.Studio.Projects.People;
using Veil.Studio.Tests.Films;

namespace Veil.Studio.Tests.Projects;

public sealed class DecidedByHandTests
{
    private static readonly Box Place = new(100, 100, 160, 180);

    [Fact]
    public void Who_was_covered_by_hand_stays_covered_whoever_is_to_stay_visible()
    {
        var item = Item(Found(1, Place, CoverChoice.CoveredByHand), Found(2, Place.Offset(200, 0), CoverChoice.ClearByHand), Found(3, Place.Offset(0, 120), CoverChoice.Covered));
        var everybody = new FrameRegions(0, TimeSpan.Zero, []) { Clear = [.. item.Frames[0].Regions.Select(region => region.Region)] };
        Assert.Equal([CoverChoice.CoveredByHand, CoverChoice.ClearByHand, CoverChoice.ClearByPerson], Choices(KeptPeople.Take(item, [everybody])));
        Assert.Equal([CoverChoice.CoveredByHand, CoverChoice.ClearByHand, CoverChoice.Covered], Choices(KeptPeople.Nobody(KeptPeople.Take(item, [everybody]))));
    }

    [Theory]
    [InlineData(nameof(CoverChoice.CoveredByHand))]
    [InlineData(nameof(CoverChoice.ClearByHand))]
    public void What_the_hand_said_holds_when_people_are_looked_for_again(string said)
    {
        var choice = Enum.Parse<CoverChoice>(said);
        var again = Item(Found(1, Place.Offset(4, -3), CoverChoice.Covered), Found(2, Place.Offset(70, 0), CoverChoice.Covered));
        Assert.Equal([choice, CoverChoice.Covered], Choices(FoundRegions.KeepEdits(again, Item(Found(1, Place, choice)))));
    }

    [Fact]
    public void Where_the_hand_drew_over_somebody_they_stay_covered_when_they_are_found_again()
    {
        var drawn = new ReviewedRegion(9, new Region(Place, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)), CoverChoice.Covered);
        var again = FoundRegions.KeepEdits(Item(Found(1, Place.Offset(2, 2), CoverChoice.Covered)), Item(Found(1, Place, CoverChoice.ClearByPerson), drawn));
        Assert.Equal([CoverChoice.CoveredByHand], Choices(KeptPeople.Take(again, [new FrameRegions(0, TimeSpan.Zero, []) { Clear = [again.Frames[0].Regions[0].Region] }])));
    }

    [Fact]
    public void Covering_by_hand_is_undone_to_what_it_was_and_done_again()
    {
        var editor = new RegionEditor(Item(Found(1, Place, CoverChoice.ClearByPerson)));
        editor.Apply(new ChooseCover(0, 1, CoverChoice.CoveredByHand));
        Assert.Equal(EditName.Cover, editor.NextUndo);
        editor.Undo();
        Assert.Equal([CoverChoice.ClearByPerson], Choices(editor.Current));
        editor.Redo();
        Assert.Equal([CoverChoice.CoveredByHand], Choices(editor.Current));
        Assert.Single(editor.Current.ToTimeline("item").Frames[0].Regions);
    }

    [Fact]
    public void A_track_that_is_covered_by_hand_is_covered_in_every_frame_and_joins_others_as_such()
    {
        var film = DrawnFilm.Of(3);
        var track = FilmTracks.Of(film)[0];
        var covered = TrackEdits.Cover(film, track.Id, new FrameSpan(0, film.Frames.Count - 1), CoverChoice.CoveredByHand);
        Assert.All(FilmTracks.Find(covered, track.Id)!.Places, place => Assert.Equal(CoverChoice.CoveredByHand, place.Region.Cover));
        var other = FilmTracks.Of(film)[1];
        var merged = TrackEdits.Merge(TrackEdits.Cover(covered, other.Id, other.Span, CoverChoice.Covered), other.Id, track.Id);
        Assert.All(track.Places, place => Assert.Equal(CoverChoice.CoveredByHand, FilmTracks.Find(merged, other.Id)!.At(place.Frame)!.Value.Region.Cover));
    }

    [Fact]
    public void The_report_counts_what_was_decided()
    {
        var item = Item(Found(1, Place, CoverChoice.CoveredByHand), Found(2, Place.Offset(80, 0), CoverChoice.CoveredByHand), Found(3, Place.Offset(0, 120), CoverChoice.ClearByPerson));
        Assert.Equal(["Regions left clear because somebody is to stay visible: 1.", "Regions covered by hand: 2."], DecidedNotes.Of(item));
        Assert.Empty(DecidedNotes.Of(Item(Found(1, Place, CoverChoice.Covered))));
    }

    private static ReviewedRegion Found(int id, Box box, CoverChoice choice) => new(id, new Region(box, RegionKind.Face, 0.9f, new RegionOrigin(RegionSource.Detector, "test")), choice);

    private static ReviewedItem Item(params ReviewedRegion[] regions) => new(640, 480, [new ReviewedFrame(0, TimeSpan.Zero, regions)]);

    private static IEnumerable<CoverChoice> Choices(ReviewedItem item) => item.Frames[0].Regions.Select(region => region.Cover);
}
