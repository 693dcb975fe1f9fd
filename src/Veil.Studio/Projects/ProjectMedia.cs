using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Veil.Errors;

namespace Veil.Studio.Projects;

/// <summary>Pictures of projects for browsers. They lie behind the studio's token like everything else, and no browser keeps them.</summary>
internal static class ProjectMedia
{
    private const int Longest = 16_384;

    /// <summary>Maps <c>/media/projects/…</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var items = routes.MapGroup("/media/projects/{project}/items/{item}");
        items.MapGet("/original", static (string project, string item, IItemViews views, HttpContext context, int frame = 0, int longest = 0) =>
            AnswerAsync(context, () => views.OriginalAsync(project, item, frame, Checked(longest), context.RequestAborted)));
        items.MapGet("/result", static (string project, string item, IItemViews views, HttpContext context, int frame = 0, int longest = 0) =>
            AnswerAsync(context, () => views.ResultAsync(project, item, frame, Checked(longest), settings: null, context.RequestAborted)));
        items.MapGet("/face", static (string project, string item, People.PeopleGroups people, HttpContext context, double x, double y, int frame = 0) =>
            AnswerAsync(context, () => people.PortraitAsync(project, new KeptFace(item, frame, x, y), context.RequestAborted)));
    }

    /// <summary>Sends a picture, or says why there is none; never anything else in its place.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext context, Func<Task<EncodedPicture>> picture)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var encoded = await picture().ConfigureAwait(false);
            return Results.Bytes(encoded.Bytes, encoded.ContentType);
        }
        catch (VeilException error)
        {
            return Refused(error);
        }
        catch (OperationCanceledException)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    }

    /// <summary>A failure in the words that a page can show.</summary>
    public static IResult Refused(VeilException error) => Results.Problem(
        error.Message, statusCode: error.Code == VeilErrorCode.InvalidOption ? StatusCodes.Status404NotFound : StatusCodes.Status422UnprocessableEntity,
        title: error.Code.ToString(), extensions: new Dictionary<string, object?> { ["hint"] = error.Hint });

    private static int Checked(int longest) => longest is >= 0 and <= Longest ? longest
        : throw new VeilException(VeilErrorCode.InvalidOption, $"Pictures have at most {Longest} pixels a side.");
}
