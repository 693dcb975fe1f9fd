using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Hosting;

namespace Veil.Studio.Live;

/// <summary>What the page with the camera needs: rooms, and the socket that frames come and go by.</summary>
internal static class LiveArea
{
    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new(static (services, _) => services.AddSingleton<LiveRooms>(), Map);

    /// <summary>Where a room's socket is.</summary>
    public static string SocketPath(LiveRoom room) => "/live/frames/" + room.Id;

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        var sockets = endpoints.CreateApplicationBuilder();
        sockets.UseWebSockets();
        sockets.Run(ServeAsync);
        endpoints.MapGet("/live/frames/{room}", sockets.Build());
    }

    private static async Task ServeAsync(HttpContext context)
    {
        var rooms = context.RequestServices.GetRequiredService<LiveRooms>();
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else if (rooms.Find((string)context.Request.RouteValues["room"]!) is not { } room)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!await room.TryServeAsync(context.WebSockets.AcceptWebSocketAsync, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
        }
    }
}
