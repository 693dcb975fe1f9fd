using Veil.Video.Ffmpeg;

namespace Veil.Studio.Live.Recordings;

/// <summary>
/// Gives a recording what a browser cannot write before it knows the end: an index to jump by, and, in WebM, its length. Pictures are copied as they are.
/// </summary>
internal static class RecordingIndex
{
    /// <summary>Copies a recording into a file with an index.</summary>
    /// <param name="from">As the browser wrote it, whole or broken off.</param>
    /// <param name="to">Is there, empty.</param>
    /// <param name="kind">Of both.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <returns>False when it could not: there is no ffmpeg, or no room for a second file.</returns>
    public static bool TryWrite(string from, string to, RecordingKind kind, CancellationToken cancellationToken)
    {
        if (!FfmpegPrograms.AreHere)
        {
            return false;
        }

        var format = kind == RecordingKind.Mp4 ? "mp4" : "webm";
        using var process = FfmpegProcess.Start(
            FfmpegPrograms.Ffmpeg, ["-v", "error", "-nostdin", "-y", "-protocol_whitelist", "file", "-i", "file:" + from, "-map", "0:v:0", "-map_metadata", "-1", "-c", "copy", "-f", format, "file:" + to]);
        process.Input.Close();
        return process.WaitForExit(cancellationToken) == 0;
    }
}
