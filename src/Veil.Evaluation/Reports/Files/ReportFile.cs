using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Evaluation.Reports.Files;

/// <summary>Files that are there whole or not at all.</summary>
internal static class ReportFile
{
    /// <summary>Writes a file under a temporary name and gives it its own at the end.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public static void Replace(DirectoryInfo folder, string name, Action<Stream> write)
    {
        var path = Path.Combine(folder.FullName, name);
        try
        {
            Directory.CreateDirectory(folder.FullName);
            TemporaryFile.RemoveFor(path, TimeSpan.FromHours(1));
            TemporaryFile.Write(path, OverwritePolicy.Replace, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"'{path}' cannot be written: {error.Message}", "Choose a folder you may write to; what was measured is kept.", error);
        }
    }
}
