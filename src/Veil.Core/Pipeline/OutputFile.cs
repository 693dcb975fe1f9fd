using System.Globalization;
using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>
/// A file that appears whole or not at all: written under a temporary name in the target's folder, readable by its owner
/// only, then given the usual mode and renamed, which is one step on every file system.
/// </summary>
public sealed class OutputFile
{
    private readonly string _path;
    private readonly OverwritePolicy _overwrite;
    private readonly DateTime? _modified;
    private readonly OutputDurability _durability;

    /// <summary>Checks the place; nothing is written yet.</summary>
    /// <param name="path">The target.</param>
    /// <param name="overwrite">What to do when it exists.</param>
    /// <param name="modified">Its modification time, UTC; null for the present.</param>
    /// <param name="durability">What its appearance says about power loss.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.OutputExists"/>, <see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public OutputFile(string path, OverwritePolicy overwrite, DateTime? modified = null, OutputDurability durability = OutputDurability.Cached)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _overwrite, _modified, _durability) = (Path.GetFullPath(path), overwrite, modified, durability);
        if (overwrite == OverwritePolicy.Refuse && Path.Exists(_path))
        {
            throw Exists();
        }

        if (FileKinds.Of(_path) is FileKind.Pipe or FileKind.Socket or FileKind.Device)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"Expected a file or nothing at {_path}, but there is a pipe, socket or device.", "choose another output folder");
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.OutputExists"/>, <see cref="VeilErrorCode.UnwritableOutput"/>; nothing is left then.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        using var draft = Begin(bytes.Length);
        try
        {
            using var file = new FileStream(draft.Path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }

        draft.Complete();
    }

    /// <summary>Creates the empty temporary file, for something else to fill.</summary>
    /// <param name="expectedBytes">How much room to set aside; 0 when unknown.</param>
    /// <returns>Disposing it without completing deletes the file.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.OutputExists"/>, <see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public OutputDraft Begin(long expectedBytes = 0)
    {
        var temporary = TemporaryFile.For(_path);
        try
        {
            var folder = Path.GetDirectoryName(_path) ?? throw new IOException("it is no file name");
            Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, PreallocationSize = expectedBytes };
            new FileStream(temporary, options.ForOwnerAlone()).Dispose();
            return new OutputDraft(temporary, Rename);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    private void Rename(string temporary)
    {
        try
        {
            // By its handle: a worker's sandbox lets nobody change the mode or time of a path.
            using (var file = File.OpenHandle(temporary, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(file, UsualMode());
                }

                if (_modified is { } time)
                {
                    File.SetLastAccessTimeUtc(file, time);
                    File.SetLastWriteTimeUtc(file, time);
                }

                if (_durability == OutputDurability.Synced)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            File.Move(temporary, _path, overwrite: _overwrite == OverwritePolicy.Replace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    private VeilException Unwritable(Exception exception) => _overwrite == OverwritePolicy.Refuse && File.Exists(_path)
        ? Exists()
        : new VeilException(
            VeilErrorCode.UnwritableOutput, "The result cannot be written: " + exception.Message, "check the folder's permissions and free space", exception);

    // What a newly created file would have: read and write for all, less the process's mask, which only Linux shows
    // without changing it.
    private static UnixFileMode UsualMode()
    {
        const int readWriteForAll = 0b110_110_110;
        const int usualMask = 0b000_010_010;
        const string status = "/proc/self/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(entry => entry.StartsWith("Umask:", StringComparison.Ordinal)) : null;
        var mask = line is null ? usualMask : Convert.ToInt32(line["Umask:".Length..].Trim(), 8);
        return (UnixFileMode)(readWriteForAll & ~mask);
    }

    private VeilException Exists() => new(
        VeilErrorCode.OutputExists,
        string.Create(CultureInfo.InvariantCulture, $"Expected no file at {_path}, but there is one."),
        "use --force to replace it, or another output folder");
}
