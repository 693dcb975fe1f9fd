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
using Veil.Video.Live;

namespace Veil.Studio.Tests.Live;

/// <summary>Live rooms on a free port, where one place of each frame is found and painted over, and sockets as a page has them.</summary>
internal sealed class RunningRoom : IAsyncDisposable
{
    public const int Width = 160;
    public const int Height = 120;

    private readonly WebApplication _app;

    private RunningRoom(WebApplication app, LiveRooms rooms) => (_app, Rooms, Room) = (app, rooms, rooms.Open());

    public LiveRooms Rooms { get; }

    public LiveRoom Room { get; }

    /// <summary>Runs before each search.</summary>
    public Action<CancellationToken> BeforeFind { get; set; } = _ => { };

    public static async Task<RunningRoom> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        LiveArea.Area.AddServices!(builder.Services, new StudioOptions { DataFolder = "/nowhere" });
        var app = builder.Build();
        app.UseRouting();
        LiveArea.Area.MapEndpoints!(app);
        await app.StartAsync();
        var rooms = app.Services.GetRequiredService<LiveRooms>();
        var running = new RunningRoom(app, rooms);
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

    public Uri Address(string room) => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("http", "ws", StringComparison.Ordinal) + "/live/frames/" + room);

    public async Task<ClientWebSocket> ConnectAsync(string? room = null)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(room ?? Room.Id), CancellationToken.None);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await Room.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Planes of noise, as a browser sends them.</summary>
    public static byte[] Planes(int width = Width, int height = Height)
    {
        var frame = new byte[RawFrame.Header + (width * height * 3 / 2)];
        new Random(width).NextBytes(frame);
        "I420"u8.CopyTo(frame);
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(4), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(6), (ushort)height);
        (frame[8], frame[9]) = (1, 1);
        return frame;
    }

    // A strength is a shade of grey, so that what comes back tells which choice covered it; each list of kinds is found in a way of its own.
    private LiveTreatment Treatment(LiveChoice choice) => new(
        () => new Place(this), RegionPolicies.Default, choice.Method == "veil" ? SolidAnonymizer.Describe().Create(new SolidOptions { Color = Shade(choice.Strength ?? 0) }) : Catalogues.Methods.Find(choice.Method).Create())
    {
        Finding = string.Join(',', choice.Kinds),
    };

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
