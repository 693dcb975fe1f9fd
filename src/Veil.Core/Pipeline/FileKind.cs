using System.Runtime.InteropServices;

namespace Veil.Pipeline;

/// <summary>What a path leads to, links followed.</summary>
public enum FileKind
{
    /// <summary>Nothing that can be looked at.</summary>
    Missing,

    /// <summary>A file with content.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe: opening it waits for another program.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device.</summary>
    Device,
}

/// <summary>Tells kinds of files apart. Thread-safe.</summary>
public static partial class FileKinds
{
    private const int CurrentFolder = -100;
    private const uint TypeAndMode = 1;
    private const int RecordBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;

    /// <summary>The kind of a path, without opening it. Beyond Linux everything that is no folder counts as regular.</summary>
    /// <param name="path">The path.</param>
    public static FileKind Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!OperatingSystem.IsLinux())
        {
            return Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.Regular : FileKind.Missing;
        }

        // statx(2): the one of its family whose record is the same on every processor.
        Span<byte> record = stackalloc byte[RecordBytes];
        if (Statx(CurrentFolder, path, 0, TypeAndMode, record) != 0)
        {
            return FileKind.Missing;
        }

        return (MemoryMarshal.Read<ushort>(record[ModeOffset..]) & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> record);
}
