using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Editing;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Editing;

public sealed class EditSessionTests
{
    private static readonly ChooseCover First = new(0, 1, CoverChoice.ClearByHand);
    private static readonly ChooseCover Second = new(0, 2, CoverChoice.ClearByHand);
    private static readonly VeilException Full = new(VeilErrorCode.UnwritableOutput, "The disk is full.");

    private readonly KeptItems _kept = new();
    private readonly FakeTime _time = new();

    [Fact]
    public async Task Edits_are_saved_by_themselves_after_a_moment_and_together()
    {
        await using var session = await OpenAsync();
        session.Editor.Apply(First);
        session.Editor.Apply(Second);
        Assert.Equal((SaveState.Saving, 0), (session.State, _kept.Saves));
        await SavedAsync(session);
        Assert.Equal(1, _kept.Saves);
        Assert.Same(session.Editor.Current, _kept.Regions);
    }

    [Fact]
    public async Task Closing_saves_what_is_not_saved_yet()
    {
        var session = await OpenAsync();
        session.Editor.Apply(First);
        await session.DisposeAsync();
        Assert.Same(session.Editor.Current, _kept.Regions);
    }

    [Fact]
    public async Task What_is_edited_while_saving_is_saved_too()
    {
        await using var session = await OpenAsync();
        _kept.Open = new TaskCompletionSource();
        session.Editor.Apply(First);
        var saving = session.FlushAsync();
        session.Editor.Apply(Second);
        _kept.Open.SetResult();
        await saving;
        await SavedAsync(session);
        Assert.Same(session.Editor.Current, _kept.Regions);
    }

    [Fact]
    public async Task Undoing_is_saved_as_well()
    {
        await using var session = await OpenAsync();
        session.Editor.Apply(First);
        await session.FlushAsync();
        session.Editor.Undo();
        await session.FlushAsync();
        Assert.Equal(CoverChoice.Covered, _kept.Regions!.Find(0, 1)!.Cover);
    }

    [Fact]
    public async Task What_could_not_be_saved_is_said_kept_and_saved_with_the_next_edit()
    {
        await using var session = await OpenAsync();
        _kept.Fails = Full;
        session.Editor.Apply(First);
        await session.FlushAsync();
        Assert.Equal((SaveState.Failed, Full, false), (session.State, session.Error, session.IsKept));
        _kept.Fails = null;
        session.Editor.Apply(Second);
        await SavedAsync(session);
        Assert.Equal(CoverChoice.ClearByHand, _kept.Regions!.Find(0, 1)!.Cover);
        Assert.Null(session.Error);
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_is_said_in_words()
    {
        await using var session = await OpenAsync();
        _kept.Fails = new IOException("gone");
        session.Editor.Apply(First);
        await session.FlushAsync();
        Assert.Equal(VeilErrorCode.UnwritableOutput, session.Error!.Code);
        _kept.Fails = null;
    }

    [Fact]
    public async Task Regions_found_anew_are_taken_over_where_nothing_was_edited()
    {
        await using var session = await OpenAsync();
        _kept.ChangeElsewhere(FoundAnew());
        await Eventually.TrueAsync(() => ReferenceEquals(session.Editor.Current, _kept.Regions));
        Assert.Null(session.Editor.NextUndo);
    }

    [Fact]
    public async Task Other_settings_are_no_conflict()
    {
        await using var session = await OpenAsync();
        session.Editor.Apply(First);
        _kept.ChangeElsewhere(SomeItem.Create());
        await session.FlushAsync();
        Assert.Equal((SaveState.Saved, CoverChoice.ClearByHand), (session.State, _kept.Regions!.Find(0, 1)!.Cover));
    }

    [Fact]
    public async Task Where_edits_would_be_lost_or_would_overwrite_others_the_user_is_asked_and_may_keep_the_own()
    {
        await using var session = await OpenAsync();
        session.Editor.Apply(First);
        var theirs = FoundAnew();
        _kept.ChangeElsewhere(theirs);
        await session.FlushAsync();
        Assert.Equal(SaveState.Conflict, session.State);
        session.Editor.Apply(Second);
        await session.FlushAsync();
        Assert.Same(theirs, _kept.Regions);
        await session.KeepMineAsync();
        Assert.Equal(SaveState.Saved, session.State);
        Assert.Same(session.Editor.Current, _kept.Regions);
    }

    [Fact]
    public async Task Or_take_the_others()
    {
        await using var session = await OpenAsync();
        session.Editor.Apply(First);
        _kept.ChangeElsewhere(FoundAnew());
        await session.FlushAsync();
        await session.TakeTheirsAsync();
        Assert.Equal((SaveState.Saved, true), (session.State, session.IsKept));
        Assert.Same(_kept.Regions, session.Editor.Current);
        session.Editor.Apply(Second);
        await session.FlushAsync();
        Assert.Equal(SaveState.Saved, session.State);
    }

    [Fact]
    public async Task Two_windows_edit_the_same_and_see_each_others_edits()
    {
        await using var sessions = new EditSessions(_kept, _kept, _time);
        var one = await sessions.OpenAsync(KeptItems.ProjectId, KeptItems.ItemId, default);
        var other = await sessions.OpenAsync(KeptItems.ProjectId, KeptItems.ItemId, default);
        Assert.Same(one, other);
    }

    [Fact]
    public async Task Coming_back_finds_the_steps_that_can_be_undone()
    {
        await using var sessions = new EditSessions(_kept, _kept, _time);
        var one = (await sessions.OpenAsync(KeptItems.ProjectId, KeptItems.ItemId, default))!;
        one.Editor.Apply(First);
        await sessions.CloseAsync(one);
        Assert.Equal(CoverChoice.ClearByHand, _kept.Regions!.Find(0, 1)!.Cover);
        var again = (await sessions.OpenAsync(KeptItems.ProjectId, KeptItems.ItemId, default))!;
        Assert.Equal(EditName.LeaveClear, again.Editor.NextUndo);
    }

    [Fact]
    public async Task An_item_without_regions_cannot_be_opened()
    {
        await using var sessions = new EditSessions(_kept, _kept, _time);
        Assert.Null(await sessions.OpenAsync(KeptItems.ProjectId, "other", default));
    }

    private static ReviewedItem FoundAnew() => new PlaceRegion(0, 2, new Box(1, 1, 90, 90)).ApplyTo(SomeItem.Create());

    private async Task<EditSession> OpenAsync() => (await EditSession.OpenAsync(_kept, _kept, _time, KeptItems.ProjectId, KeptItems.ItemId, default))!;

    private Task SavedAsync(EditSession session) => Eventually.TrueAsync(() =>
    {
        // The delay may begin only after time was moved on: it is moved on again.
        _time.Advance(EditSession.Delay);
        return session is { State: SaveState.Saved, IsKept: true };
    });
}
