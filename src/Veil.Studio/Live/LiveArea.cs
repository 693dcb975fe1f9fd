using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Hosting;
using Veil.Studio.Live.Recordings;

namespace Veil.Studio.Live;

/// <summary>What the page with the camera needs: rooms, the socket that frames come and go by, and recordings.</summary>
internal static class LiveArea
{
    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new(
        static (services, options) => services.AddSingleton<LiveRooms>().AddSingleton(LiveRecordings.Open(Path.Combine(options.DataFolder, "recordings"))), Map);

    /// <summary>Where a room's socket is.</summary>
    public static string SocketPath(LiveRoom room) => "/live/frames/" + room.Id;

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/live/frames/{room}", Socket(endpoints, static async (context, room) =>
        {
            if (!await room.TryServeAsync(context.WebSockets.AcceptWebSocketAsync, context.RequestAborted))
            {
                context.Response.StatusCode = StatusCodes.Status409Conflict;
            }
        }));
        RecordingEndpoints.Map(endpoints, Socket(endpoints, static (context, _) => RecordingEndpoints.RecordAsync(context)));
    }

    /// <summary>What answers requests for a socket of a room.</summary>
    private static RequestDelegate Socket(IEndpointRouteBuilder endpoints, Func<HttpContext, LiveRoom, Task> serve)
    {
        var sockets = endpoints.CreateApplicationBuilder();
        sockets.UseWebSockets();
        sockets.Run(async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
            }
            else if (context.RequestServices.GetRequiredService<LiveRooms>().Find((string)context.Request.RouteValues["room"]!) is { } room)
            {
                await serve(context, room);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        return sockets.Build();
    }
}
