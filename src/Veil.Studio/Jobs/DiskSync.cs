using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Veil.Studio.Jobs;

/// <summary>Makes what was written survive a power cut.</summary>
internal static partial class DiskSync
{
    private const int ReadOnlyDirectoryLinux = 0x10000;

    /// <summary>Makes names in a folder durable: files made, renamed and deleted there.</summary>
    public static void Folder(string path)
    {
        // Other systems cannot open folders like this, or keep names safe without being asked.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var folder = new SafeFileHandle(OpenForReading(path, ReadOnlyDirectoryLinux), ownsHandle: true);
        if (folder.IsInvalid || Synchronize(folder) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"The folder '{path}' cannot be synchronized: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    /// <summary>Makes everything in a folder durable. Symbolic links are not followed.</summary>
    public static void Tree(string path)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is DirectoryInfo)
            {
                Tree(entry.FullName);
            }
            else
            {
                using var file = File.OpenHandle(entry.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                RandomAccess.FlushToDisk(file);
            }
        }

        Folder(path);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenForReading(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle file);
}
