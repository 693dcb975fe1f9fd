using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>Copies files byte by byte. The only path by which an original can get into an output: see <see cref="ItemTreatment"/>.</summary>
internal static class FileCopy
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Copies a file; it appears whole or not at all, also after power loss.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Full path; replaced when it is there.</param>
    /// <param name="cancellationToken">Abandons the copy.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, <see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public static void Make(string source, string target, CancellationToken cancellationToken)
    {
        // Opening a pipe would wait for ever.
        if (FileKinds.Of(source) != FileKind.Regular)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, "Expected a file, but there is none, or something else.", "Bring it back, and start the run again.");
        }

        using var input = Open(source);
        using var draft = new OutputFile(target, OverwritePolicy.Replace, durability: OutputDurability.Synced).Begin();
        try
        {
            using var output = new FileStream(draft.Path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            var buffer = new byte[BufferBytes];
            for (int read; (read = input.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                output.Write(buffer.AsSpan(0, read));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "The copy cannot be written: " + error.Message, "Check the folder's permissions and free space.", error);
        }

        draft.Complete();
    }

    private static FileStream Open(string source)
    {
        try
        {
            return new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, "It cannot be read: " + error.Message, "Check its permissions.", error);
        }
    }
}
