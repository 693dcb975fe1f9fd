namespace Veil.Video.Files;

/// <summary>Which of ffmpeg's writers makes a file, by its extension.</summary>
internal static class ContainerFormat
{
    private static readonly Dictionary<string, string> Muxers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "mp4", [".m4v"] = "mp4", [".mov"] = "mov", [".qt"] = "mov", [".3gp"] = "3gp", [".3g2"] = "3g2",
        [".mkv"] = "matroska", [".webm"] = "webm", [".avi"] = "avi", [".ts"] = "mpegts", [".mts"] = "mpegts", [".m2ts"] = "mpegts",
        [".mpg"] = "mpeg", [".mpeg"] = "mpeg", [".vob"] = "vob", [".flv"] = "flv", [".ogv"] = "ogv", [".ogg"] = "ogv",
        [".wmv"] = "asf", [".asf"] = "asf", [".mxf"] = "mxf", [".nut"] = "nut",
    };

    /// <summary>True for MP4 and its relatives.</summary>
    public static bool IsMovie(string muxer) => muxer is "mp4" or "mov" or "3gp" or "3g2";

    /// <summary>True where ffmpeg writes covers: as a stream of one picture in MP4, as an attachment in Matroska; MOV and 3GP it drops in silence.</summary>
    public static bool HoldsCovers(string muxer) => muxer is "mp4" or "matroska";

    /// <summary>What text subtitles have to become in another family of containers; null leaves them as they are.</summary>
    /// <param name="muxer">The writer's name.</param>
    /// <param name="codec">The subtitles' codec.</param>
    public static string? SubtitleCodec(string muxer, string codec) => codec switch
    {
        "subrip" or "ass" or "ssa" or "webvtt" or "text" when IsMovie(muxer) => "mov_text",
        "mov_text" when muxer == "matroska" => "srt",
        "subrip" or "ass" or "ssa" or "mov_text" when muxer == "webm" => "webvtt",
        _ => null,
    };

    /// <summary>The writer for a target; by the source's container where the extension says nothing.</summary>
    /// <param name="target">Path of the output.</param>
    /// <param name="sourceFormat">ffprobe's name of the source's container.</param>
    public static string MuxerFor(string target, string sourceFormat)
    {
        ArgumentNullException.ThrowIfNull(sourceFormat);
        return Muxers.GetValueOrDefault(Path.GetExtension(target))
            ?? (sourceFormat.Contains("matroska", StringComparison.Ordinal) ? "matroska" : sourceFormat.Contains("mp4", StringComparison.Ordinal) ? "mp4" : "matroska");
    }
}
