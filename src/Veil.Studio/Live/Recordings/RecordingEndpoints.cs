using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Veil.Studio.Live.Recordings;

/// <summary>Where recordings come in, and where they are saved from.</summary>
internal static class RecordingEndpoints
{
    /// <summary>Where a room's recordings go, but for what they are written as.</summary>
    public static string SocketPath(LiveRoom room) => "/live/record/" + room.Id;

    /// <summary>Where a recording is saved from.</summary>
    public static string AddressOf(KeptRecording recording) => "/live/recordings/" + recording.Name;

    /// <summary>Maps them.</summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="record">Sees that it is a socket of a room, then calls <see cref="RecordAsync"/>.</param>
    public static void Map(IEndpointRouteBuilder endpoints, RequestDelegate record)
    {
        endpoints.MapGet("/live/record/{room}/{kind}", record);
        endpoints.MapGet("/live/recordings/{name}", SaveAsync);
    }

    /// <summary>Takes a recording in.</summary>
    public static async Task RecordAsync(HttpContext context)
    {
        if (!Enum.TryParse<RecordingKind>((string)context.Request.RouteValues["kind"]!, ignoreCase: true, out var kind))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new RecordingSocket(socket, context.RequestServices.GetRequiredService<LiveRecordings>(), kind).RunAsync(context.RequestAborted);
    }

    private static async Task SaveAsync(string name, HttpContext context, LiveRecordings recordings)
    {
        if (await recordings.OpenAsync(name, context.RequestAborted) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using (file)
        {
            var response = context.Response;
            (response.ContentType, response.ContentLength) = (MediaTypeNames.Application.Octet, file.Length);
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            await file.CopyToAsync(response.Body, context.RequestAborted);
            await response.CompleteAsync();
        }

        recordings.SayHandedOver(name);
    }
}
