using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Http;
using Veil.Studio.Api.OpenApi;
using Veil.Studio.Api.Uploads;
using Veil.Studio.Api.Work;

namespace Veil.Studio.Api.Operations;

/// <summary>One picture at a time, within a request. Nothing of it is kept.</summary>
internal static class ImageOperations
{
    private const string Tag = "Pictures";
    private static readonly ApiError[] Problems =
    [
        ApiErrors.UnknownParameter, ApiErrors.EmptyBody, ApiErrors.TruncatedUpload, ApiErrors.OptionNotAllowed, ApiErrors.UploadTooSlow, ApiErrors.UploadTooLarge,
        ApiErrors.UnsupportedMediaType, ApiErrors.For(VeilErrorCode.CorruptInput), ApiErrors.ServerBusy, ApiErrors.ShuttingDown, ApiErrors.For(VeilErrorCode.TimedOut),
    ];

    /// <summary><c>POST /v1/images</c>.</summary>
    public static ApiOperation Anonymize(ApiParts parts) => new("POST", "/v1/images", "anonymizeImage", "Anonymize a picture", context => AnonymizeAsync(context, parts))
    {
        Tag = Tag,
        Description = "The picture comes in as the body, or as the part `image` of a form with JSON `settings` beside it; the result comes back in the same format, or in the one asked for. "
            + "The answer begins only when the whole picture is done: where anything goes wrong there is a problem document and no picture. Nothing is kept.",
        Body = OperationBody.Picture,
        Parameters = SettingsSchema.QueryParameters,
        TakesMethodOptions = true,
        RequestBody = Bodies.Picture,
        Answers =
        [
            new ApiAnswer(200, "The anonymized picture.")
            {
                Content = [.. Enum.GetValues<PictureFormat>().Where(format => format != PictureFormat.Heif).Select(format => (MediaTypes.Of(format), (Func<System.Text.Json.Nodes.JsonObject>)Schemas.Binary))],
                Headers =
                [
                    ("Veil-Regions", "Regions that were found and covered. 0 means that nothing was found: look at the picture.", Schemas.Count),
                    ("Veil-Warnings", "How many headers Veil-Warning there are.", Schemas.Count),
                    ("Veil-Warning", "Something to know about the settings, e.g. that a strength hides little; percent-encoded UTF-8. May come several times.", Schemas.Text),
                    ("Veil-Note", "Something to know about the picture, e.g. pages that were left out; percent-encoded UTF-8. May come several times.", Schemas.Text),
                ],
            },
        ],
        Errors = Problems,
    };

    /// <summary><c>POST /v1/detections</c>.</summary>
    public static ApiOperation Detect(ApiParts parts) => new("POST", "/v1/detections", "detectRegions", "Find what would be covered", context => DetectAsync(context, parts))
    {
        Tag = Tag,
        Description = "Takes what `/v1/images` takes, and answers with the regions that it would cover, as found: not grown. Coordinates are pixel edges of the upright picture. Nothing is kept.",
        Body = OperationBody.Picture,
        Parameters = SettingsSchema.QueryParameters,
        TakesMethodOptions = true,
        RequestBody = Bodies.Picture,
        Answers = [ApiAnswer.Json(200, "The regions.", () => Schemas.Ref("Detections")) with { Example = Examples.Detections }],
        Errors = Problems,
    };

    private static async Task AnonymizeAsync(HttpContext context, ApiParts parts)
    {
        using var folder = parts.Folders.Create();
        var (upload, settings) = await ReceiveAsync(context, parts, folder);
        var (result, warnings) = await parts.Pictures.DoAsync(context, folder, settings, AssignedWork.Anonymize);
        var format = settings.Encoding.Format ?? upload.Format;
        var response = context.Response;
        response.ContentType = MediaTypes.Of(format == PictureFormat.Heif ? PictureFormat.Avif : format);
        response.Headers["Veil-Regions"] = result.RegionCount.ToString(CultureInfo.InvariantCulture);
        response.Headers["Veil-Warnings"] = warnings.Count.ToString(CultureInfo.InvariantCulture);
        response.Headers["Veil-Warning"] = warnings.Select(Encoded).ToArray();
        response.Headers["Veil-Note"] = result.Notes.Select(Encoded).ToArray();
        await using var picture = new FileStream(folder.Result, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        response.ContentLength = picture.Length;
        await picture.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static async Task DetectAsync(HttpContext context, ApiParts parts)
    {
        using var folder = parts.Folders.Create();
        var (_, settings) = await ReceiveAsync(context, parts, folder);
        var (result, _) = await parts.Pictures.DoAsync(context, folder, settings, AssignedWork.Find);
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body))
        {
            Write(json, result);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
    }

    private static async Task<(PictureUpload Upload, AnonymizerSettings Settings)> ReceiveAsync(HttpContext context, ApiParts parts, RequestFolder folder)
    {
        var limits = parts.Options.Limits;
        parts.Pictures.Gate.RequireRoom(KeyGate.OwnerOf(context));
        var upload = await PictureUpload.ReceiveAsync(context.Request, folder, limits.MaxImageBytes, context.RequestAborted);
        return (upload, ApiSettings.Read(context.Request.Query, upload.Settings, limits.Picture));
    }

    private static void Write(Utf8JsonWriter json, ItemResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("width", result.Info?.Width ?? 0);
        json.WriteNumber("height", result.Info?.Height ?? 0);
        json.WriteStartArray("frames");
        foreach (var frame in result.Frames)
        {
            json.WriteStartObject();
            json.WriteNumber("index", frame.Index);
            RegionJson.WriteAll(json, frame.Regions, RegionDetail.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTexts("notes", result.Notes);
        json.WriteEndObject();
    }

    // Headers hold ASCII alone.
    private static string Encoded(string text)
    {
        var encoded = new StringBuilder();
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            encoded.Append(one is >= 0x20 and < 0x7f and not (byte)'%' ? ((char)one).ToString() : $"%{one:X2}");
        }

        return encoded.ToString();
    }
}
