using System.Globalization;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Imaging;

/// <summary>
/// A file that appears whole or not at all: written under a temporary name in the target's folder, readable by its owner
/// only, then given the usual mode and renamed, which is one step on every file system.
/// </summary>
internal sealed class OutputFile
{
    private readonly string _path;
    private readonly OverwritePolicy _overwrite;
    private readonly DateTime? _modified;

    public OutputFile(string path, OverwritePolicy overwrite, DateTime? modified = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _overwrite, _modified) = (Path.GetFullPath(path), overwrite, modified);
        if (overwrite == OverwritePolicy.Refuse && Path.Exists(_path))
        {
            throw Exists();
        }

        if (FileKinds.Of(_path) is FileKind.Pipe or FileKind.Socket or FileKind.Device)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"Expected a file or nothing at {_path}, but there is a pipe, socket or device.", "choose another output folder");
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var folder = Path.GetDirectoryName(_path) ?? throw new IOException("it is no file name");
            Directory.CreateDirectory(folder);
            WriteAndRename(TemporaryFile.For(_path), bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw _overwrite == OverwritePolicy.Refuse && File.Exists(_path)
                ? Exists()
                : new VeilException(
                    VeilErrorCode.UnwritableOutput, "The result cannot be written: " + exception.Message, "check the folder's permissions and free space", exception);
        }
    }

    private void WriteAndRename(string temporary, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, PreallocationSize = bytes.Length };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var created = false;
        try
        {
            using (var file = new FileStream(temporary, options))
            {
                created = true;
                file.Write(bytes);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, UsualMode());
            }

            if (_modified is { } time)
            {
                File.SetLastAccessTimeUtc(temporary, time);
                File.SetLastWriteTimeUtc(temporary, time);
            }

            File.Move(temporary, _path, overwrite: _overwrite == OverwritePolicy.Replace);
            created = false;
        }
        finally
        {
            if (created)
            {
                File.Delete(temporary);
            }
        }
    }

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
