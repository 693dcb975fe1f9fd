using FsCheck;
using FsCheck.Fluent;
using Veil.Regions;
using Veil.Studio.Editing;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Editing;

public sealed class RegionEditorTests
{
    private static readonly Gen<Box> Boxes =
        from left in Gen.Choose(-40, 390)
        from top in Gen.Choose(-40, 290)
        from width in Gen.Choose(0, 90)
        from height in Gen.Choose(0, 90)
        select Box.FromSize(left, top, width, height);

    private static readonly Gen<IEdit> Edits =
        from frame in Gen.Choose(0, 2)
        from region in Gen.Choose(1, 6)
        from box in Boxes
        from kind in Gen.Elements(Enum.GetValues<RegionKind>())
        from choice in Gen.Elements(Enum.GetValues<CoverChoice>())
        from edit in Gen.Elements<IEdit>(
            new ChooseCover(frame, region, choice), new DrawRegion(frame, box, kind), new PlaceRegion(frame, region, box),
            new DeleteRegion(frame, region), new ChangeKind(frame, region, kind))
        select edit;

    [Fact]
    public void Undoing_all_of_any_edits_gives_the_start_and_redoing_all_gives_the_end() => Prop.ForAll(Gen.ListOf(Edits).ToArbitrary(), edits =>
    {
        var start = SomeItem.Create(3);
        var editor = new RegionEditor(start);
        foreach (var edit in edits)
        {
            editor.Apply(edit);
        }

        ThereAndBack.Holds(start, editor);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void After_any_edits_every_region_lies_in_the_picture_and_none_that_was_found_is_lost() => Prop.ForAll(Gen.ListOf(Edits).ToArbitrary(), edits =>
    {
        var end = edits.Aggregate(SomeItem.Create(3), (item, edit) => edit.ApplyTo(item));
        Assert.All([1, 2, 3], found => Assert.NotNull(end.Find(0, found)));
        foreach (var regions in end.Frames.Select(frame => frame.Regions))
        {
            Assert.All(regions, region => Assert.True(region.Region.Box is { Left: >= 0, Top: >= 0, Right: <= SomeItem.Width, Bottom: <= SomeItem.Height, IsEmpty: false }));
        }

        var ids = end.Frames.SelectMany(frame => frame.Regions).Select(region => region.Id).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_new_edit_ends_what_could_be_redone()
    {
        var editor = new RegionEditor(SomeItem.Create());
        editor.Apply(new ChooseCover(0, 1, CoverChoice.ClearByHand));
        editor.Undo();
        editor.Apply(new ChooseCover(0, 2, CoverChoice.ClearByHand));
        Assert.Null(editor.NextRedo);
        Assert.Equal(EditName.LeaveClear, editor.NextUndo);
    }

    [Fact]
    public void An_edit_that_changes_nothing_leaves_what_can_be_redone()
    {
        var editor = new RegionEditor(SomeItem.Create());
        editor.Apply(new ChooseCover(0, 1, CoverChoice.ClearByHand));
        editor.Undo();
        editor.Apply(new ChooseCover(0, 1, CoverChoice.Covered));
        Assert.Equal((null, EditName.LeaveClear), (editor.NextUndo, editor.NextRedo!.Value));
    }

    [Fact]
    public void A_gesture_is_one_step()
    {
        var start = SomeItem.Create();
        var editor = new RegionEditor(start);
        var drag = new EditGesture();
        for (var x = 1; x < 9; x++)
        {
            editor.Apply(new PlaceRegion(0, 1, new Box(20 + x, 30, 60 + x, 80)), drag);
        }

        editor.Undo();
        Assert.Same(start, editor.Current);
        editor.Redo();
        Assert.Equal(28, editor.Current.Find(0, 1)!.Region.Box.Left);
    }

    [Fact]
    public void A_gesture_that_was_undone_does_not_go_on()
    {
        var editor = new RegionEditor(SomeItem.Create());
        var drag = new EditGesture();
        editor.Apply(new PlaceRegion(0, 1, new Box(21, 30, 61, 80)), drag);
        editor.Undo();
        editor.Redo();
        editor.Apply(new PlaceRegion(0, 1, new Box(22, 30, 62, 80)), drag);
        editor.Undo();
        Assert.Equal(21, editor.Current.Find(0, 1)!.Region.Box.Left);
    }

    [Fact]
    public void Everybody_is_told_of_changes_and_only_of_those()
    {
        var editor = new RegionEditor(SomeItem.Create());
        var told = 0;
        editor.Changed += () => told++;
        editor.Apply(new ChooseCover(0, 1, CoverChoice.Covered));
        editor.Undo();
        editor.Redo();
        Assert.Equal(0, told);
        editor.Apply(new ChooseCover(0, 1, CoverChoice.ClearByHand));
        editor.Undo();
        editor.Redo();
        Assert.Equal(3, told);
    }

    [Fact]
    public void Keystrokes_are_one_gesture_until_a_pause_or_another_region()
    {
        var time = new FakeTime();
        var nudges = new NudgeGestures(time);
        var first = nudges.Next(0, 1);
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Same(first, nudges.Next(0, 1));
        Assert.NotSame(first, nudges.Next(0, 2));
        var again = nudges.Next(0, 1);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotSame(again, nudges.Next(0, 1));
    }
}
