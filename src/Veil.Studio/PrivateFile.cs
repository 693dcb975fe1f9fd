using Veil.Pipeline;

namespace Veil.Studio;

/// <summary>Files that only their owner may read, and that appear whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file beside its place and renames it.</summary>
    /// <param name="path">Full path; its folder is there.</param>
    /// <param name="write">Fills it.</param>
    public static void Write(string path, Action<Stream> write) =>
        TemporaryFile.Write(path, OverwritePolicy.Replace, static temporary => PrivateFolder.CreateFile(temporary), write);
}
