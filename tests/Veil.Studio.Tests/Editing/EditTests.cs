using Veil.Imaging;
using Veil.Regions;
using Veil.Studio.Editing;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Editing;

public sealed class EditTests
{
    private static readonly ReviewedItem Item = SomeItem.Create(3);

    [Fact]
    public void What_is_left_clear_can_be_covered_again()
    {
        var clear = new ChooseCover(0, 1, CoverChoice.ClearByHand).ApplyTo(Item);
        Assert.Equal(CoverChoice.ClearByHand, clear.Find(0, 1)!.Cover);
        Assert.DoesNotContain(clear.ToTimeline("a").Frames[0].Regions, region => region == Item.Find(0, 1)!.Region);
        Assert.Equal(CoverChoice.Covered, new ChooseCover(0, 1, CoverChoice.Covered).ApplyTo(clear).Find(0, 1)!.Cover);
    }

    [Fact]
    public void An_edit_that_changes_nothing_gives_the_same_item()
    {
        Assert.Same(Item, new ChooseCover(0, 1, CoverChoice.Covered).ApplyTo(Item));
        Assert.Same(Item, new PlaceRegion(0, 1, Item.Find(0, 1)!.Region.Box).ApplyTo(Item));
        Assert.Same(Item, new ChangeKind(0, 1, RegionKind.Face).ApplyTo(Item));
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(7, 1)]
    [InlineData(-1, 1)]
    public void An_edit_of_what_is_not_there_gives_the_same_item(int frame, int region)
    {
        Assert.Same(Item, new ChooseCover(frame, region, CoverChoice.ClearByHand).ApplyTo(Item));
        Assert.Same(Item, new PlaceRegion(frame, region, new Box(1, 1, 9, 9)).ApplyTo(Item));
        Assert.Same(Item, new DeleteRegion(frame, region).ApplyTo(Item));
        Assert.Same(Item, new ChangeKind(frame, region, RegionKind.Plate).ApplyTo(Item));
    }

    [Fact]
    public void A_drawn_region_is_a_hands_is_covered_and_has_a_number_of_its_own()
    {
        var drawn = new DrawRegion(1, new Box(10.004f, 10, 50, 60), RegionKind.Head).ApplyTo(Item).Frames[1].Regions.Single();
        Assert.Equal(new Region(new Box(10, 10, 50, 60), RegionKind.Head, 1, new RegionOrigin(RegionSource.Hand)), drawn.Region with { Outline = [] });
        Assert.Equal((4, CoverChoice.Covered, true), (drawn.Id, drawn.Cover, drawn.IsDrawn()));
    }

    [Fact]
    public void What_is_drawn_over_the_border_ends_at_the_border()
    {
        var drawn = new DrawRegion(0, new Box(-50, 250, 30, 999), RegionKind.Face).ApplyTo(Item).Frames[0].Regions[^1];
        Assert.Equal(new Box(0, 250, 30, SomeItem.Height), drawn.Region.Box);
    }

    [Theory]
    [InlineData(-50f, -50f, -10f, -10f)]
    [InlineData(10f, 10f, 10.5f, 90f)]
    [InlineData(90f, 10f, 10f, 90f)]
    [InlineData(float.NaN, 10f, 50f, 90f)]
    [InlineData(10f, 10f, float.PositiveInfinity, float.NaN)]
    public void What_is_no_box_in_the_picture_is_neither_drawn_nor_taken_as_a_place(float left, float top, float right, float bottom)
    {
        Assert.Same(Item, new DrawRegion(0, new Box(left, top, right, bottom), RegionKind.Face).ApplyTo(Item));
        Assert.Same(Item, new PlaceRegion(0, 1, new Box(left, top, right, bottom)).ApplyTo(Item));
    }

    [Fact]
    public void A_found_region_in_another_place_is_described_by_its_box_alone()
    {
        var placed = new PlaceRegion(0, 1, new Box(30, 30, 70, 80)).ApplyTo(Item).Find(0, 1)!.Region;
        Assert.Equal(new Region(new Box(30, 30, 70, 80), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand, "scrfd")) { Track = 4 }, placed with { Outline = [] });
        Assert.Empty(placed.Outline);
    }

    [Theory]
    [InlineData(RegionShape.Ellipse)]
    [InlineData(RegionShape.Box)]
    [InlineData(RegionShape.Outline)]
    [InlineData(RegionShape.Face)]
    public void Everything_under_the_new_box_of_a_placed_region_is_covered(RegionShape shape)
    {
        var box = new Box(100, 90, 190, 200);
        foreach (var part in Enum.GetValues<FacePart>())
        {
            var placed = new PlaceRegion(0, 1, box).ApplyTo(Item).Find(0, 1)!.Region;
            var mask = new RegionPolicy { Shape = shape, Part = part }.Cover(placed, SomeItem.Width, SomeItem.Height)!.Mask;
            Assert.All(PixelsOf(box.ToPixels()), pixel => Assert.Equal(byte.MaxValue, mask[pixel.X, pixel.Y]));
        }
    }

    [Fact]
    public void A_person_who_stayed_clear_is_covered_in_another_place()
    {
        var placed = new PlaceRegion(0, 3, new Box(310, 20, 350, 70)).ApplyTo(Item).Find(0, 3)!;
        Assert.Equal((CoverChoice.Covered, null), (placed.Cover, placed.Region.Person));
    }

    [Fact]
    public void What_was_left_clear_by_hand_stays_clear_in_another_place()
    {
        var clear = new ChooseCover(0, 1, CoverChoice.ClearByHand).ApplyTo(Item);
        Assert.Equal(CoverChoice.ClearByHand, new PlaceRegion(0, 1, new Box(30, 30, 70, 80)).ApplyTo(clear).Find(0, 1)!.Cover);
    }

    [Fact]
    public void Only_what_was_drawn_can_be_deleted()
    {
        var drawn = new DrawRegion(0, new Box(1, 1, 9, 9), RegionKind.Face).ApplyTo(Item);
        Assert.Null(DeleteRegion.OrLeaveClear(drawn, 0, 4).ApplyTo(drawn).Find(0, 4));
        Assert.Same(Item, new DeleteRegion(0, 1).ApplyTo(Item));
        Assert.Equal(CoverChoice.ClearByHand, DeleteRegion.OrLeaveClear(Item, 0, 1).ApplyTo(Item).Find(0, 1)!.Cover);
    }

    [Fact]
    public void What_was_found_is_not_taken_for_drawn_after_it_was_moved_twice()
    {
        var moved = new PlaceRegion(0, 1, new Box(40, 30, 80, 80)).ApplyTo(new PlaceRegion(0, 1, new Box(30, 30, 70, 80)).ApplyTo(Item));
        Assert.False(moved.Find(0, 1)!.IsDrawn());
        Assert.Same(moved, new DeleteRegion(0, 1).ApplyTo(moved));
    }

    [Fact]
    public void Who_drew_and_who_only_moved_is_still_known_after_saving()
    {
        var edited = new PlaceRegion(0, 1, new Box(30, 30, 70, 80)).ApplyTo(new DrawRegion(0, new Box(1, 1, 9, 9), RegionKind.Face).ApplyTo(Item));
        using var file = new MemoryStream();
        ReviewedItemDocument.Write(file, edited);
        file.Position = 0;
        var read = ReviewedItemDocument.Read(file);
        Assert.True(read.LooksAs(edited));
        Assert.Equal((true, false), (read.Find(0, 4)!.IsDrawn(), read.Find(0, 1)!.IsDrawn()));
    }

    [Fact]
    public void Another_kind_drops_what_described_the_first()
    {
        var changed = new ChangeKind(0, 1, RegionKind.Body).ApplyTo(Item).Find(0, 1)!.Region;
        Assert.Equal((RegionKind.Body, null, null, null), (changed.Kind, changed.Points, changed.Landmarks, changed.Mask));
        Assert.Empty(changed.Outline);
        Assert.Same(Item, new ChangeKind(0, 1, RegionKind.Image).ApplyTo(Item));
    }

    [Fact]
    public void The_whole_picture_has_no_other_place()
    {
        var whole = new ReviewedItem(SomeItem.Width, SomeItem.Height, [new ReviewedFrame(0, default, [new ReviewedRegion(
            1, new Region(new Box(0, 0, SomeItem.Width, SomeItem.Height), RegionKind.Image, 1, new RegionOrigin(RegionSource.Request)), CoverChoice.Covered)])]);
        Assert.Same(whole, new PlaceRegion(0, 1, new Box(1, 1, 9, 9)).ApplyTo(whole));
        Assert.Same(whole, new ChangeKind(0, 1, RegionKind.Face).ApplyTo(whole));
    }

    [Fact]
    public void Frames_that_an_edit_leaves_alone_are_shared()
    {
        var once = new ChooseCover(0, 1, CoverChoice.ClearByHand).ApplyTo(Item);
        var twice = new DrawRegion(1, new Box(1, 1, 9, 9), RegionKind.Face).ApplyTo(once);
        Assert.Same(Item.Frames[2], twice.Frames[2]);
        Assert.Same(once.Frames[0], twice.Frames[0]);
        Assert.Same(Item.Find(0, 2), twice.Find(0, 2));
    }

    private static IEnumerable<(int X, int Y)> PixelsOf(PixelRect rect) =>
        from y in Enumerable.Range(rect.Top, rect.Height) from x in Enumerable.Range(rect.Left, rect.Width) select (x, y);
}
