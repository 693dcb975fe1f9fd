using Veil.Errors;

namespace Veil.Studio.Api.Errors;

/// <summary>Every error that the API answers with: its own, and those of the engine. <c>docs/api.md</c> shows the same table.</summary>
internal static class ApiErrors
{
    private const string SeeSettings = "GET /v1/methods, /v1/presets and /v1/detectors list what there is; /openapi/v1.json describes every setting.";
    private const string TellOperator = "Give the request id to whoever runs the server.";
    private const string TryLater = "Try again a little later.";

    public static ApiError BadRequest { get; } = new("BadRequest", 400, "The request cannot be understood.", "");

    public static ApiError UnknownParameter { get; } = new("UnknownParameter", 400, "A query parameter is not known.", SeeSettings);

    public static ApiError EmptyBody { get; } = new("EmptyBody", 400, "The request brings no file.", "Send the file as the body, or as a part of multipart/form-data.");

    public static ApiError TruncatedUpload { get; } = new("TruncatedUpload", 400, "The upload ended before it was complete.", "Send it again.");

    public static ApiError KeyMissing { get; } = new("KeyMissing", 401, "The request shows no API key.", "Send it as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.");

    public static ApiError KeyInvalid { get; } = new("KeyInvalid", 401, "The API key is unknown, expired or revoked.", "Ask whoever runs the server for a new one.");

    public static ApiError CrossSite { get; } = new("CrossSite", 403, "Requests that other sites send through a browser are refused.", "Call the API from a program, or from a page of this server.");

    public static ApiError PathNotAllowed { get; } = new("PathNotAllowed", 403, "A path on the server may not be read through the API.", "Name files or folders within the roots that whoever runs the server allows, or upload them.");

    public static ApiError OptionNotAllowed { get; } = new("OptionNotAllowed", 403, "An option reads files of the server, which the API does not allow.", SeeSettings);

    public static ApiError NotFound { get; } = new("NotFound", 404, "There is nothing at this address.", "/openapi/v1.json lists the addresses.");

    public static ApiError JobNotFound { get; } = new("JobNotFound", 404, "There is no such job.", "Check the id; jobs are deleted some time after they have ended.");

    public static ApiError MethodNotAllowed { get; } = new("MethodNotAllowed", 405, "The address does not answer this method.", "The header Allow lists those that it does.");

    public static ApiError UploadTooSlow { get; } = new("UploadTooSlow", 408, "The upload is too slow.", "Send it over a better connection.");

    public static ApiError JobNotDone { get; } = new("JobNotDone", 409, "The job has no results.", "Follow /v1/jobs/{id}/events until it is done.");

    public static ApiError IdempotencyConflict { get; } = new("IdempotencyConflict", 409, "The Idempotency-Key was used for another request.", "Use a new one for each new job.");

    public static ApiError UploadTooLarge { get; } = new("UploadTooLarge", 413, "The upload is larger than the server takes.", "Send less at a time, or ask whoever runs the server to raise the limit.");

    public static ApiError UnsupportedMediaType { get; } = new("UnsupportedMediaType", 415, "The body is of a type that this address does not take.", "/openapi/v1.json lists the types.");

    public static ApiError WrongHost { get; } = new("WrongHost", 421, "The server does not answer under this name.", "Whoever runs the server names it with --host-name.");

    public static ApiError ServerBusy { get; } = new("ServerBusy", 429, "The server has as much to do as it takes at a time.", "Wait as long as Retry-After says, then try again.");

    public static ApiError TooManyJobs { get; } = new("TooManyJobs", 429, "This key has as many open jobs as it may have.", "Wait until some have ended, or delete them.");

    public static ApiError ShuttingDown { get; } = new("ShuttingDown", 503, "The server is about to end.", TryLater);

    /// <summary>The API's own.</summary>
    public static IReadOnlyList<ApiError> Own { get; } =
    [
        BadRequest, UnknownParameter, EmptyBody, TruncatedUpload, KeyMissing, KeyInvalid, CrossSite, PathNotAllowed, OptionNotAllowed, NotFound, JobNotFound,
        MethodNotAllowed, UploadTooSlow, JobNotDone, IdempotencyConflict, UploadTooLarge, UnsupportedMediaType, WrongHost, ServerBusy, TooManyJobs, ShuttingDown,
    ];

    /// <summary>All of them, by status.</summary>
    public static IReadOnlyList<ApiError> All { get; } = [.. Own.Concat(Enum.GetValues<VeilErrorCode>().Select(For)).OrderBy(error => error.Status)];

    /// <summary>The row of an error of the engine.</summary>
    public static ApiError For(VeilErrorCode code) => code switch
    {
        VeilErrorCode.NotAPicture => Engine(code, 415, "The file is no picture.", "Films go to /v1/jobs. Check that the file is what you meant to send."),
        VeilErrorCode.UnsupportedFormat => Engine(code, 415, "The file is a picture of a kind that Veil does not read.", "Convert it to JPEG or PNG."),
        VeilErrorCode.CorruptInput => Engine(code, 422, "The file is damaged.", "Open it in a viewer; save it anew if it can be opened."),
        VeilErrorCode.LimitExceeded => Engine(code, 422, "The file has more pixels, frames or bytes than the server takes, or needs too much memory.", "Send a smaller one, or ask whoever runs the server to raise the limit."),
        VeilErrorCode.UnreadableInput => Engine(code, 422, "The file cannot be read.", ""),
        VeilErrorCode.InvalidOption => Engine(code, 400, "A setting is unknown or out of range.", SeeSettings),
        VeilErrorCode.InvalidRegions => Engine(code, 422, "The regions cannot be used.", ""),
        VeilErrorCode.AnonymizationFailed => Engine(code, 422, "The method cannot be applied to what was found.", "Choose another method."),
        VeilErrorCode.NotVerified => Engine(code, 422, "A result was made, but did not hold when it was checked; it is not given out.", "Choose a stronger method."),
        VeilErrorCode.InvalidReference => Engine(code, 422, "A reference photo cannot be used.", ""),
        VeilErrorCode.TimedOut => Engine(code, 504, "It took longer than the server allows.", "Send smaller pictures, or send them as a job."),
        VeilErrorCode.InvalidModel => Engine(code, 503, "A model is missing or unusable on the server.", TellOperator),
        VeilErrorCode.MissingNative => Engine(code, 503, "A library or a program is missing on the server.", TellOperator),
        VeilErrorCode.DownloadFailed => Engine(code, 503, "The server could not fetch what it needs.", TellOperator),
        VeilErrorCode.StoreUnavailable => Engine(code, 503, "What keeps jobs cannot be reached just now.", TryLater),
        VeilErrorCode.StorageFull => Engine(code, 503, "The server's disk has no room left.", TellOperator),
        VeilErrorCode.UnsafeFolder => Engine(code, 503, "A folder of the server is not private.", TellOperator),
        VeilErrorCode.EncodeFailed => Engine(code, 500, "The result cannot be encoded.", "Ask for another format."),
        VeilErrorCode.DetectionFailed => Engine(code, 500, "A detector failed on the picture.", TellOperator),
        VeilErrorCode.UnexpectedFailure => Engine(code, 500, "The work ended with an error that Veil does not know.", TellOperator),
        VeilErrorCode.WorkerCrashed => Engine(code, 422, "The program that works on the file broke off.", "The file makes it crash or take too much memory: convert it with another program."),
        VeilErrorCode.UnwritableOutput => Engine(code, 500, "The result cannot be written on the server.", TellOperator),
        VeilErrorCode.OutputExists => Engine(code, 500, "A result is in the way on the server.", TellOperator),
        VeilErrorCode.InvalidGroundTruth or VeilErrorCode.InvalidDataset or VeilErrorCode.UnfinishedRun or VeilErrorCode.TrainingFailed =>
            Engine(code, 500, "An error of work that the API does not offer.", TellOperator),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Expected a known code."),
    };

    private static ApiError Engine(VeilErrorCode code, int status, string title, string hint) => new(code.ToString(), status, title, hint);
}
