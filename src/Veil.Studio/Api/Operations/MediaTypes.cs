using Veil.Imaging;

namespace Veil.Studio.Api.Operations;

/// <summary>Media types of what the API gives out.</summary>
internal static class MediaTypes
{
    /// <summary>Of a picture.</summary>
    public static string Of(PictureFormat format) => "image/" + format.Name();

    /// <summary>Of a result by its extension.</summary>
    public static string OfFile(string name) => PictureFormats.FromExtension(Path.GetExtension(name)) is { } format ? Of(format) : Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".MP4" or ".M4V" => "video/mp4",
        ".MOV" => "video/quicktime",
        ".MKV" => "video/x-matroska",
        ".WEBM" => "video/webm",
        _ => "application/octet-stream",
    };
}
