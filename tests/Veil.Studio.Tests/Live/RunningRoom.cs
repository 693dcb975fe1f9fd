using System.Buffers.Binary;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Veil.Anonymization.Methods;
using Veil.Engine;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Hosting;
using Veil.Studio.Live;
using Veil.Studio.Live.Recordings;
using Veil.Video.Live;

namespace Veil.Studio.Tests.Live;

/// <summary>Live rooms on a free port, where one place of each frame is found and painted over, and sockets as a page has them.</summary>
internal sealed class RunningRoom : IAsyncDisposable
{
    public const int Width = 160;
    public const int Height = 120;

    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;
    private int _searches;

    private RunningRoom(WebApplication app, LiveRooms rooms, TemporaryFolder folder)
    {
        (_app, _folder, Rooms, Room, Recordings) = (app, folder, rooms, rooms.Open(), app.Services.GetRequiredService<LiveRecordings>());
        Http = new HttpClient { BaseAddress = new Uri(Listening) };
    }

    public LiveRooms Rooms { get; }

    public LiveRoom Room { get; }

    public LiveRecordings Recordings { get; }

    public string RecordingsFolder => _folder["recordings"];

    public HttpClient Http { get; }

    /// <summary>How often what searches was made: once for each list of kinds that took over.</summary>
    public int Searches => Volatile.Read(ref _searches);

    /// <summary>Runs before each search.</summary>
    public Action<CancellationToken> BeforeFind { get; set; } = _ => { };

    public static async Task<RunningRoom> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var folder = new TemporaryFolder();
        LiveArea.Area.AddServices!(builder.Services, new StudioOptions { DataFolder = folder[""] });
        var app = builder.Build();
        app.UseRouting();
        LiveArea.Area.MapEndpoints!(app);
        await app.StartAsync();
        var rooms = app.Services.GetRequiredService<LiveRooms>();
        var running = new RunningRoom(app, rooms, folder);
        rooms.Prepare = (choice, _) => (running.Treatment(choice), []);
        return running;
    }

    /// <summary>A frame of noise, which no cover leaves as it is.</summary>
    public static byte[] Noise(int width = Width, int height = Height)
    {
        using var picture = Picture.FromPixels(new PixelBuffer(width, height, PixelFormat.Rgb24), PictureFormat.Jpeg);
        new Random(width).NextBytes(picture.Frame(0).Span);
        return picture.Encode();
    }

    public static byte[] Message(uint number, ReadOnlySpan<byte> jpeg)
    {
        var message = new byte[4 + jpeg.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(message, number);
        jpeg.CopyTo(message.AsSpan(4));
        return message;
    }

    private string Listening => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public Task<ClientWebSocket> ConnectAsync(string? room = null) => OpenAsync("/live/frames/" + (room ?? Room.Id));

    public Task<ClientWebSocket> ConnectRecordingAsync() => OpenAsync(RecordingEndpoints.SocketPath(Room) + "/mp4");

    public async ValueTask DisposeAsync()
    {
        await Room.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }

    private async Task<ClientWebSocket> OpenAsync(string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(Listening.Replace("http", "ws", StringComparison.Ordinal) + path), CancellationToken.None);
        return socket;
    }

    // A strength is a shade of grey, so that what comes back tells which choice covered it; each list of kinds is found in a way of its own.
    private LiveTreatment Treatment(LiveChoice choice) => new(
        Search, Policy(choice), choice.Method == "veil" ? SolidAnonymizer.Describe().Create(new SolidOptions { Color = Shade(choice.Strength ?? 0) }) : Catalogues.Methods.Find(choice.Method).Create())
    {
        Finding = string.Join(',', choice.Kinds),
    };

    private static RegionPolicies Policy(LiveChoice choice) => choice is { Shape: { } shape, Growth: { } growth } ? new RegionPolicy { Shape = shape, Growth = growth } : RegionPolicies.Default;

    private Place Search()
    {
        Interlocked.Increment(ref _searches);
        return new Place(this);
    }

    private static Rgb Shade(int strength) => new((byte)strength, (byte)strength, (byte)strength);

    private sealed class Place(RunningRoom running) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
        {
            running.BeforeFind(cancellationToken);
            return [new Region(new Box(frame.Width * 0.25f, frame.Height * 0.25f, frame.Width * 0.75f, frame.Height * 0.75f), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector, "test"))];
        }

        public void Dispose()
        {
        }
    }
}
