using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Veil.Errors;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Starting;

/// <summary>What the first page needs: a place to send files to.</summary>
internal static class StartArea
{
    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new(MapEndpoints: MapEndpoints);

    /// <summary>Where files of a project are sent, each as the body of a request with its name in the query.</summary>
    /// <param name="project">The project's id.</param>
    public static string UploadsOf(string project) => $"/uploads/{project}";

    private static void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/uploads/{project}", ReceiveAsync);

    // The body goes to the disk as it comes: a film of many gigabytes takes no memory. A request that breaks off leaves no file.
    private static async Task<IResult> ReceiveAsync(string project, string name, HttpRequest request, IProjects projects, CancellationToken cancel)
    {
        if (projects.Find(project) is null)
        {
            return Results.NotFound();
        }

        try
        {
            await projects.AddAsync(project, name, request.Body, cancel).ConfigureAwait(false);
            return Results.NoContent();
        }
        catch (VeilException error)
        {
            return Results.Json(new UploadRefusal(error.Code.ToString(), error.Message, error.Hint), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>Why a file was not taken.</summary>
    private sealed record UploadRefusal(string Code, string Message, string Hint);
}
