using Veil.Errors;
using Veil.Imaging;
using Veil.Video.Files;

namespace Veil.Studio.Projects;

/// <summary>Tells pictures and films from everything else, by their first bytes.</summary>
internal static class MediaKinds
{
    /// <summary>What a file is; null for neither.</summary>
    /// <exception cref="VeilException">It cannot be read.</exception>
    public static ItemKind? Of(string path) => PictureFile.Sniff(path) is not null ? ItemKind.Picture : VideoMedia.IsVideo(path) ? ItemKind.Film : null;
}
