using Veil.Errors;

namespace Veil.Pipeline.Verification;

/// <summary>
/// A place for an output that is not good yet: a folder of its owner's alone beside the target, under a temporary name that
/// the next run clears away, so that moving the output to its place is one step. Disposing deletes what is left.
/// </summary>
internal sealed class StagedOutput : IDisposable
{
    private readonly string _folder;
    private readonly string _target;

    private StagedOutput(string folder, string path, string target) => (_folder, Path, _target) = (folder, path, target);

    /// <summary>Where the output is written.</summary>
    public string Path { get; }

    /// <summary>Makes the folder.</summary>
    /// <param name="target">Full path of the output to be.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public static StagedOutput For(string target)
    {
        var full = System.IO.Path.GetFullPath(target);
        var folder = TemporaryFile.For(full);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            OwnerAlone.CreateFolder(folder);
            return new StagedOutput(folder, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(full)), full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
    }

    /// <summary>Moves the output to its place.</summary>
    /// <param name="overwrite">What to do where something is there.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.OutputExists"/>, <see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public void Complete(OverwritePolicy overwrite)
    {
        try
        {
            File.Move(Path, _target, overwrite == OverwritePolicy.Replace);
        }
        catch (IOException) when (overwrite == OverwritePolicy.Refuse && File.Exists(_target))
        {
            throw new VeilException(VeilErrorCode.OutputExists, $"Expected no file at {_target}, but there is one.", "use --force to replace it, or another output folder");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: an output that does not hold cannot be deleted.</exception>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An empty folder says nothing about anybody, and the next run clears it away.
            if (File.Exists(Path))
            {
                throw Unwritable(error);
            }
        }
    }

    private static VeilException Unwritable(Exception error) =>
        new(VeilErrorCode.UnwritableOutput, "The result cannot be written: " + error.Message, "check the folder's permissions and free space", error);
}
