using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Cli;

/// <summary>Writes a document to a file (by way of a temporary one) or to standard output.</summary>
internal static class TextOutput
{
    public static void Write(string path, OverwritePolicy existing, Action<Stream> write)
    {
        if (path == MediaItem.StandardInput)
        {
            using var output = Console.OpenStandardOutput();
            write(output);
            output.Write("\n"u8);
            return;
        }

        if (existing == OverwritePolicy.Refuse && File.Exists(path))
        {
            throw new VeilException(VeilErrorCode.OutputExists, $"'{path}' is there already.", "Use --force to overwrite it, or choose another name.");
        }

        var target = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            TemporaryFile.Write(target, existing, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"'{path}' cannot be written: {error.Message}", "Choose a place you may write to.", error);
        }
    }
}
