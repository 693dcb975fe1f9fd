using System.Net.WebSockets;
using Veil.Studio.Live.Recordings;

namespace Veil.Studio.Tests.Live.Recordings;

public sealed class LiveRecordingsTests
{
    [Fact]
    public async Task Parts_become_one_file_for_its_owner_alone_that_is_saved_then_removed_when_the_next_begins()
    {
        await using var running = await RunningRoom.StartAsync();
        byte[] film = [.. Mp4(300_000)];
        var closing = await RecordAsync(running, film, 70_000);
        var kept = Assert.Single(running.Recordings.List());
        Assert.Equal($"ended {kept.Name}", closing);
        Assert.Matches("^veil-live-[0-9-]{19}[.]mp4$", kept.Name);
        Assert.Equal((film.Length, RecordingState.Unsaved), (kept.Bytes, kept.State));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(running.RecordingsFolder))));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(running.RecordingsFolder));
        }

        Assert.Equal(film, await running.Http.GetByteArrayAsync(RecordingEndpoints.AddressOf(kept)));
        await Eventually.TrueAsync(() => running.Recordings.List().Single().State == RecordingState.HandedOver);
        Assert.Equal(film, await running.Http.GetByteArrayAsync(RecordingEndpoints.AddressOf(kept)));
        await RecordAsync(running, film, 70_000);
        await Eventually.TrueAsync(() => running.Recordings.List() is [{ State: RecordingState.Unsaved }]);
    }

    [Fact]
    public async Task A_page_that_breaks_off_loses_the_part_that_was_under_way_and_no_other()
    {
        await using var running = await RunningRoom.StartAsync();
        byte[] film = [.. Mp4(200_000)];
        using (var socket = await running.ConnectRecordingAsync())
        {
            await socket.SendAsync(film, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            await socket.SendAsync(new byte[100_000], WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);
            await Eventually.TrueAsync(() => Directory.Exists(running.RecordingsFolder) && Directory.GetFiles(running.RecordingsFolder).Any(file => new FileInfo(file).Length > film.Length));
            Assert.Empty(running.Recordings.List());
            socket.Abort();
        }

        await Eventually.TrueAsync(() => running.Recordings.List().Count == 1);
        Assert.Equal(film, await running.Http.GetByteArrayAsync(RecordingEndpoints.AddressOf(running.Recordings.List()[0])));
    }

    [Fact]
    public async Task A_studio_that_starts_keeps_what_was_not_saved_and_removes_the_rest()
    {
        using var folder = new TemporaryFolder();
        var names = new[] { "veil-live-2026-01-02-03-04-05.mp4", "veil-live-2026-01-02-03-04-06.webm.part", "veil-live-2026-01-02-03-04-07.mp4.handed-over", "veil-live-2026-01-02-03-04-08.mp4.part", "notes.txt" };
        foreach (var name in names)
        {
            await File.WriteAllTextAsync(folder[name], name.Contains("04-08", StringComparison.Ordinal) ? "" : "content");
        }

        using var recordings = LiveRecordings.Open(folder[""]);
        Assert.Equal(["veil-live-2026-01-02-03-04-06.webm", "veil-live-2026-01-02-03-04-05.mp4"], recordings.List().Select(one => one.Name));
        Assert.Equal(["notes.txt", names[0], names[1]], Directory.GetFiles(folder[""]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        await recordings.DeleteAsync("veil-live-2026-01-02-03-04-06.webm");
        Assert.Equal(["veil-live-2026-01-02-03-04-05.mp4"], recordings.List().Select(one => one.Name));
    }

    [Fact]
    public async Task What_is_being_written_is_neither_listed_nor_read_nor_deleted_not_even_by_another_studio()
    {
        using var folder = new TemporaryFolder();
        using var recordings = LiveRecordings.Open(folder["recordings"]);
        var file = recordings.Begin(RecordingKind.Mp4);
        await file.WriteAsync(Mp4(1000));
        file.EndPart();
        using var other = LiveRecordings.Open(folder["recordings"]);
        Assert.Empty(other.List());
        await other.DeleteAsync(file.Name!);
        Assert.Null(await other.OpenAsync(file.Name!, CancellationToken.None));
        await file.DisposeAsync();
        Assert.Equal(1000, Assert.Single(other.List()).Bytes);
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_ends_a_recording_and_keeps_what_there_is()
    {
        await using var running = await RunningRoom.StartAsync();
        byte[] film = [.. Mp4(50_000)];
        using var socket = await running.ConnectRecordingAsync();
        await socket.SendAsync(film, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        await Eventually.TrueAsync(() => Directory.Exists(running.RecordingsFolder) && Directory.GetFiles(running.RecordingsFolder).Any(file => new FileInfo(file).Length == film.Length));
        running.Recordings.LeastFree = long.MaxValue;
        await socket.SendAsync(new byte[1000], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        var closing = await ClosingAsync(socket);
        Assert.Equal($"no-room {running.Recordings.List().Single().Name}", closing);
        Assert.Equal(film, await running.Http.GetByteArrayAsync(RecordingEndpoints.AddressOf(running.Recordings.List()[0])));
    }

    [Theory]
    [InlineData("/live/recordings/veil-live-2026-01-02-03-04-05.mp4")]
    [InlineData("/live/recordings/..%2Fsecret")]
    [InlineData("/live/recordings/veil-live-2026-01-02-03-04-05.mp4.part")]
    [InlineData("/live/record/0123456789abcdef0123456789abcdef/mp4")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var running = await RunningRoom.StartAsync();
        Directory.CreateDirectory(running.RecordingsFolder);
        await File.WriteAllTextAsync(Path.Combine(running.RecordingsFolder, "..", "secret"), "secret");
        using var answer = await running.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True((int)answer.StatusCode is 400 or 404, $"status {answer.StatusCode}");
    }

    [Fact]
    public async Task What_is_no_recording_is_not_kept()
    {
        await using var running = await RunningRoom.StartAsync();
        using var socket = await running.ConnectRecordingAsync();
        await socket.SendAsync("<html>not a film"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        Assert.Equal("not-a-recording ", await ClosingAsync(socket));
        Assert.Empty(Directory.GetFiles(running.RecordingsFolder));
    }

    private static byte[] Mp4(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        "\0\0\0\u0010ftypisom"u8.CopyTo(bytes);
        return bytes;
    }

    private static async Task<string?> RecordAsync(RunningRoom running, byte[] film, int part)
    {
        using var socket = await running.ConnectRecordingAsync();
        foreach (var piece in film.Chunk(part))
        {
            await socket.SendAsync(piece, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }

        await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return await ClosingAsync(socket);
    }

    private static async Task<string?> ClosingAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await socket.ReceiveAsync(new byte[16], patience.Token);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
        return socket.CloseStatusDescription;
    }
}
