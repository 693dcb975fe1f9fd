using System.Net.WebSockets;
using Veil.Errors;
using Veil.Studio.Live;

namespace Veil.Studio.Tests.Live;

public sealed class LiveSocketTests
{
    [Fact]
    public async Task Frames_come_back_covered()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Noise(), () => page.Covered >= 5);
        Assert.Empty(page.Wrong);
        Assert.Equal(1, running.Rooms.Served);
    }

    [Fact]
    public async Task Planes_come_back_as_planes_and_covered()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Planes(), () => page.Covered >= 5);
        Assert.Empty(page.Wrong);
        Assert.Equal(page.Covered + page.Grey, page.Planes);
    }

    [Fact]
    public async Task While_the_detector_hangs_pictures_are_grey_and_never_clear()
    {
        using var go = new ManualResetEventSlim();
        await using var running = await RunningRoom.StartAsync();
        running.BeforeFind = cancel => go.Wait(cancel);
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var noise = RunningRoom.Noise();
        await page.SendUntilAsync(noise, () => page.Grey >= 5);
        Assert.Equal(0, page.Covered);
        go.Set();
        await page.SendUntilAsync(noise, () => page.Covered >= 3, first: 1_000_000);
        Assert.Empty(page.Wrong);
    }

    [Fact]
    public async Task A_detector_that_fails_shows_nothing_clear()
    {
        await using var running = await RunningRoom.StartAsync();
        running.BeforeFind = _ => throw new VeilException(VeilErrorCode.CorruptInput, "broken");
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Noise(), () => page.Grey >= 5);
        Assert.Empty(page.Wrong);
        Assert.Equal(0, page.Covered);
    }

    [Fact]
    public async Task A_choice_is_changed_while_the_socket_stays()
    {
        await using var running = await RunningRoom.StartAsync();
        var prepared = new List<string>();
        var inner = running.Rooms.Prepare;
        running.Rooms.Prepare = (choice, cancel) =>
        {
            prepared.Add(choice.Method);
            return inner(choice, cancel);
        };
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var noise = RunningRoom.Noise();
        await page.SendUntilAsync(noise, () => page.Covered > 0);
        running.Room.Choose(new LiveChoice { Method = "pixelate", Delay = LiveDelay.Long });
        await page.SendUntilAsync(noise, () => prepared.Contains("pixelate") && running.Room.Latency > TimeSpan.FromSeconds(1), first: 1_000_000);
        var before = page.Grey + page.Covered;
        await page.SendUntilAsync(noise, () => page.Grey + page.Covered > before + 3, first: 2_000_000);
        Assert.Null(page.Reason);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_another_choice_goes_on()
    {
        await using var running = await RunningRoom.StartAsync();
        var inner = running.Rooms.Prepare;
        running.Rooms.Prepare = (choice, cancel) => choice.Method == "inpaint" ? throw new VeilException(VeilErrorCode.MissingNative, "no model") : inner(choice, cancel);
        running.Room.Choose(new LiveChoice { Method = "inpaint" });
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await Eventually.TrueAsync(() => running.Room.State == LiveState.Refused);
        Assert.Equal("no model", running.Room.Problem!.Message);
        running.Room.Choose(new LiveChoice());
        await page.SendUntilAsync(RunningRoom.Noise(), () => page.Covered > 0);
        Assert.Null(running.Room.Problem);
        Assert.Empty(page.Wrong);
    }

    [Fact]
    public async Task Frames_of_another_size_begin_a_new_session()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Noise(), () => page.Covered > 0);
        await page.SendUntilAsync(RunningRoom.Noise(200, 150), () => page.Covered > 0 && page.LastWidth == 200, first: 1_000_000);
        Assert.Empty(page.Wrong);
    }

    [Theory]
    [InlineData("text", "not-binary")]
    [InlineData("empty", "not-a-frame")]
    [InlineData("short", "not-a-frame")]
    [InlineData("png", "not-a-frame")]
    [InlineData("broken", "not-a-frame")]
    [InlineData("half", "not-a-frame")]
    [InlineData("giant picture", "not-a-frame")]
    [InlineData("planes of an odd width", "not-a-frame")]
    [InlineData("planes without rows", "not-a-frame")]
    [InlineData("planes of a giant picture", "not-a-frame")]
    [InlineData("planes of an unknown matrix", "not-a-frame")]
    [InlineData("planes of an unknown range", "not-a-frame")]
    [InlineData("a sample too few", "not-a-frame")]
    [InlineData("a sample too many", "not-a-frame")]
    [InlineData("large", "too-large")]
    [InlineData("same number", "wrong-order")]
    [InlineData("smaller number", "wrong-order")]
    public async Task What_is_no_frame_ends_the_socket_and_shows_nothing(string what, string reason)
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var noise = RunningRoom.Noise();
        ReadOnlyMemory<byte> message = what switch
        {
            "text" => "a frame, please"u8.ToArray(),
            "empty" => Array.Empty<byte>(),
            "short" => new byte[] { 1, 0, 0 },
            "png" => RunningRoom.Message(2, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
            "broken" => RunningRoom.Message(2, [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]),
            "half" => RunningRoom.Message(2, noise.AsSpan(0, noise.Length / 2)),
            "giant picture" => RunningRoom.Message(2, RunningRoom.Noise(4000, 40)),
            "planes of an odd width" => Planes(4, 161),
            "planes without rows" => Planes(6, 0),
            "planes of a giant picture" => Planes(4, 4000),
            "planes of an unknown matrix" => Planes(8, 4),
            "planes of an unknown range" => Planes(9, 2),
            "a sample too few" => RunningRoom.Message(2, RunningRoom.Planes().AsSpan(..^1)),
            "a sample too many" => RunningRoom.Message(2, [.. RunningRoom.Planes(), 0]),
            "large" => new byte[LiveMessages.LargestFrame + (1 << 20)],
            _ => RunningRoom.Message(what == "same number" ? 1u : 0u, noise),
        };
        await page.SendAsync(RunningRoom.Message(1, noise));
        try
        {
            await page.SendAsync(message, what == "text" ? WebSocketMessageType.Text : WebSocketMessageType.Binary);
        }
        catch (WebSocketException) when (what == "large")
        {
            // The studio had enough before all of it was sent.
        }

        static byte[] Planes(int at, int value)
        {
            var message = RunningRoom.Message(2, RunningRoom.Planes());
            message[4 + at] = (byte)value;
            if (at < 8)
            {
                message[5 + at] = (byte)(value >> 8);
            }

            return message;
        }

        await Eventually.TrueAsync(() => page.Reason is not null);
        Assert.True(page.Reason == reason || (what == "large" && page.Reason == "gone"), $"expected {reason}, received {page.Reason}");
        Assert.Empty(page.Wrong);
        await Eventually.TrueAsync(() => running.Rooms.Served == 0);
    }

    [Fact]
    public async Task Thousands_of_frames_at_once_are_answered_and_take_no_memory()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        var noise = RunningRoom.Noise();
        await page.SendUntilAsync(noise, () => page.Covered > 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        const uint first = 1_000_000, count = 3000;
        for (var number = first; number < first + count; number++)
        {
            await page.SendAsync(RunningRoom.Message(number, noise));
        }

        await Eventually.TrueAsync(() => page.Taken.Keys.Count(number => number >= first) == count);
        Assert.All(page.Taken.Values, times => Assert.Equal(1, times));
        Assert.Empty(page.Wrong);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 100 << 20);
    }

    [Fact]
    public async Task A_room_that_is_left_ends_its_socket_at_once()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Noise(), () => page.Covered > 0);
        await running.Room.DisposeAsync();
        await Eventually.TrueAsync(() => page.Reason is not null);
        Assert.Equal("ended", page.Reason);
        Assert.Equal(0, running.Rooms.Served);
        var error = await Assert.ThrowsAsync<WebSocketException>(() => running.ConnectAsync());
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_vanishes_frees_its_place()
    {
        await using var running = await RunningRoom.StartAsync();
        var page = new RoomVisitor(await running.ConnectAsync());
        await page.SendUntilAsync(RunningRoom.Noise(), () => page.Covered > 0);
        await page.DisposeAsync();
        await Eventually.TrueAsync(() => running.Rooms.Served == 0);
        await using var again = new RoomVisitor(await running.ConnectAsync());
        await again.SendUntilAsync(RunningRoom.Noise(), () => again.Covered > 0);
    }

    [Fact]
    public async Task A_second_socket_of_a_room_and_a_third_camera_are_refused()
    {
        await using var running = await RunningRoom.StartAsync();
        await using var first = new RoomVisitor(await running.ConnectAsync());
        await Eventually.TrueAsync(() => running.Room.IsServing);
        var twice = await Assert.ThrowsAsync<WebSocketException>(() => running.ConnectAsync());
        Assert.Contains("409", twice.Message, StringComparison.Ordinal);

        await using var another = running.Rooms.Open();
        await using var second = new RoomVisitor(await running.ConnectAsync(another.Id));
        await Eventually.TrueAsync(() => running.Rooms.AreFull);
        await using var third = running.Rooms.Open();
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => running.ConnectAsync(third.Id));
        Assert.Contains("409", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, running.Rooms.Served);
    }

    [Fact]
    public async Task A_room_that_nobody_opened_is_not_found()
    {
        await using var running = await RunningRoom.StartAsync();
        var error = await Assert.ThrowsAsync<WebSocketException>(() => running.ConnectAsync("0123456789abcdef0123456789abcdef"));
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
    }
}
