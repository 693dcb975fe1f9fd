using System.Net.WebSockets;
using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Live;

namespace Veil.Studio.Tests.Live;

/// <summary>Choices that change while a camera runs, and rooms that are entered and left again and again.</summary>
public sealed class LiveChangeTests
{
    // So that a busy machine shows what is to be seen.
    private static readonly LiveChoice Slow = new() { Delay = LiveDelay.VeryLong };

    [Fact]
    public async Task A_choice_takes_effect_while_pictures_go_on()
    {
        await using var running = await RunningRoom.StartAsync();
        running.Room.Choose(Slow);
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var (frame, first) = (RunningRoom.Noise(), 1u);
        await page.SendUntilAsync(frame, () => page.Covered > 0);
        foreach (var (kind, shade) in new[] { (RegionKind.Face, 60), (RegionKind.Head, 90), (RegionKind.Head, 120), (RegionKind.Body, 150) })
        {
            running.Room.Choose(Slow with { Kinds = [kind], Strength = shade });
            await page.SendUntilAsync(frame, () => Math.Abs(page.LastShade - shade) < 4, first += 1_000_000);
        }

        Assert.Empty(page.Wrong);
        Assert.Null(page.Reason);
        Assert.False(running.Room.IsChanging);
    }

    [Fact]
    public async Task Shape_and_growth_take_effect_between_two_frames_and_nothing_is_looked_for_anew()
    {
        await using var running = await RunningRoom.StartAsync();
        var tight = Slow with { Shape = RegionShape.Box, Growth = 0 };
        running.Room.Choose(tight);
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var (frame, first) = (RunningRoom.Noise(), 1u);
        await page.SendUntilAsync(frame, () => page.Covered > 0);
        Assert.True(page.LastRim > 100, $"what is around the place shows, but its values spread by {page.LastRim} alone");
        foreach (var (choice, covered) in new[]
        {
            (tight with { Growth = 0.4f }, true), (tight, false), (tight with { Shape = RegionShape.Ellipse, Growth = 0.4f }, true), (tight with { Shape = RegionShape.Ellipse }, false),
        })
        {
            running.Room.Choose(choice);
            await page.SendUntilAsync(frame, () => covered ? page.LastRim < 40 : page.LastRim > 100, first += 1_000_000);
        }

        Assert.Empty(page.Wrong);
        Assert.Equal(1, running.Searches);
    }

    [Fact]
    public async Task While_a_choice_is_prepared_the_one_before_holds_and_the_last_one_wins()
    {
        using var go = new ManualResetEventSlim();
        await using var running = await RunningRoom.StartAsync();
        var inner = running.Rooms.Prepare;
        running.Rooms.Prepare = (choice, cancel) =>
        {
            if (choice.Strength == 60)
            {
                go.Wait(cancel);
            }

            return inner(choice, cancel);
        };
        running.Room.Choose(Slow);
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var frame = RunningRoom.Noise();
        await page.SendUntilAsync(frame, () => page.Covered > 0);
        running.Room.Choose(Slow with { Strength = 60 });
        var covered = page.Covered;
        await page.SendUntilAsync(frame, () => page.Covered > covered + 50 && running.Room.IsChanging, first: 1_000_000);
        Assert.True(page.LastShade < 4);
        running.Room.Choose(Slow with { Strength = 200 });
        await page.SendUntilAsync(frame, () => Math.Abs(page.LastShade - 200) < 4, first: 2_000_000);
        await Eventually.TrueAsync(() => !running.Room.IsChanging);
        Assert.Empty(page.Wrong);
        go.Set();
    }

    [Fact]
    public async Task A_choice_that_cannot_be_made_true_ends_the_one_before()
    {
        await using var running = await RunningRoom.StartAsync();
        var inner = running.Rooms.Prepare;
        running.Rooms.Prepare = (choice, cancel) => choice.Strength == 60 ? throw new VeilException(VeilErrorCode.MissingNative, "no model") : inner(choice, cancel);
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var frame = RunningRoom.Noise();
        await page.SendUntilAsync(frame, () => page.Covered > 0);
        running.Room.Choose(new LiveChoice { Strength = 60 });
        await page.SendUntilAsync(frame, () => running.Room.State == LiveState.Refused, first: 1_000_000);
        var shown = page.Covered + page.Grey;
        for (var number = 2_000_000u; number < 2_000_040; number++)
        {
            await page.SendAsync(RunningRoom.Message(number, frame));
        }

        running.Room.Choose(new LiveChoice { Strength = 90 });
        await page.SendUntilAsync(frame, () => Math.Abs(page.LastShade - 90) < 4, first: 3_000_000);
        Assert.Empty(page.Wrong);
        Assert.True(page.Covered + page.Grey > shown);
    }

    [Fact]
    public async Task A_search_that_hangs_does_not_hold_a_choice_up()
    {
        using var never = new ManualResetEventSlim();
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var frame = RunningRoom.Noise();
        await page.SendUntilAsync(frame, () => page.Covered > 0);
        using var hangs = new ManualResetEventSlim();
        running.BeforeFind = _ =>
        {
            hangs.Set();
            never.Wait(CancellationToken.None);
        };
        await page.SendUntilAsync(frame, () => hangs.IsSet, first: 1_000_000);
        running.BeforeFind = _ => { };
        running.Room.Choose(new LiveChoice { Kinds = [RegionKind.Head], Strength = 90 });
        await page.SendUntilAsync(frame, () => Math.Abs(page.LastShade - 90) < 4, first: 2_000_000);
        Assert.Empty(page.Wrong);
        never.Set();
    }

    [Fact]
    public async Task A_picture_may_change_its_size()
    {
        await using var running = await RunningRoom.StartAsync();
        running.Room.Choose(Slow);
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Noise(), () => page.Covered > 0);
        var first = 1u;
        foreach (var (frame, width) in new[] { (RunningRoom.Noise(200, 150), 200), (RunningRoom.Noise(180, 120), 180), (RunningRoom.Noise(120, 180), 120), (RunningRoom.Noise(), RunningRoom.Width) })
        {
            await page.SendUntilAsync(frame, () => page.LastWidth == width, first += 1_000_000);
        }

        Assert.Empty(page.Wrong);
    }

    [Fact]
    public async Task Choices_at_any_time_show_nothing_clear()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var (frame, random, number) = (RunningRoom.Noise(), new Random(3), 0u);
        await page.SendUntilAsync(frame, () => page.Covered > 0);
        for (var change = 0; change < 60; change++)
        {
            running.Room.Choose(new LiveChoice { Kinds = [LiveMethods.Kinds[random.Next(3)]], Strength = random.Next(200), Delay = (LiveDelay)random.Next(4) });
            for (var more = random.Next(6); more >= 0; more--)
            {
                await page.SendAsync(RunningRoom.Message(1_000_000 + number++, frame));
                await Task.Delay(random.Next(10));
            }
        }

        running.Room.Choose(new LiveChoice { Strength = 220 });
        await page.SendUntilAsync(frame, () => Math.Abs(page.LastShade - 220) < 4, first: 2_000_000);
        Assert.Empty(page.Wrong);
        Assert.Null(page.Reason);
    }

    [Fact]
    public async Task Who_leaves_and_comes_back_at_once_is_let_in()
    {
        await using var running = await RunningRoom.StartAsync();
        var (frame, random) = (RunningRoom.Noise(), new Random(9));
        for (var cycle = 0; cycle < 30; cycle++)
        {
            await using var page = new RoomVisitor(await running.ConnectAsync());
            for (var number = 1u; number < random.Next(2, 8); number++)
            {
                await page.SendAsync(RunningRoom.Message(number, frame));
            }

            if (cycle % 3 == 0)
            {
                running.Room.Choose(new LiveChoice { Kinds = [LiveMethods.Kinds[random.Next(3)]], Strength = random.Next(200) });
            }

            await page.LeaveAsync();
            Assert.Empty(page.Wrong);
        }

        await using var last = new RoomVisitor(await running.ConnectAsync());
        await last.SendUntilAsync(frame, () => last.Covered > 0);
        Assert.Equal(1, running.Rooms.Served);
    }

    [Fact]
    public async Task Whoever_is_inside_is_told_when_a_room_is_closed_whatever_it_is_at()
    {
        await using var running = await RunningRoom.StartAsync();
        var (frame, random) = (RunningRoom.Noise(), new Random(11));
        for (var cycle = 0; cycle < 20; cycle++)
        {
            var room = running.Rooms.Open();
            await using var page = new RoomVisitor(await running.ConnectAsync(room.Id));
            using var enough = new CancellationTokenSource();
            var sending = Task.Run(async () =>
            {
                try
                {
                    for (var number = 1u; !enough.IsCancellationRequested; number++)
                    {
                        await page.SendAsync(RunningRoom.Message(number, frame));
                        await Task.Delay(2);
                    }
                }
                catch (WebSocketException)
                {
                    // Closed meanwhile.
                }
            });
            await Task.Delay(random.Next(60));
            room.Choose(new LiveChoice { Kinds = [RegionKind.Head] });
            await Task.Delay(random.Next(20));
            await Task.WhenAll(room.DisposeAsync().AsTask(), room.DisposeAsync().AsTask());
            await Eventually.TrueAsync(() => page.Reason is not null);
            await enough.CancelAsync();
            await sending;
            Assert.Equal("ended", page.Reason);
            Assert.Empty(page.Wrong);
            Assert.Null(running.Rooms.Find(room.Id));
        }

        Assert.Equal(0, running.Rooms.Served);
    }

    [Fact]
    public async Task A_camera_that_falls_silent_is_told_from_one_that_begins()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Noise(), () => running.Room.State == LiveState.Covering);
        await Eventually.TrueAsync(() => running.Room.State == LiveState.Silent);
        await page.SendUntilAsync(RunningRoom.Noise(), () => running.Room.State == LiveState.Covering, first: 1_000_000);
    }
}
