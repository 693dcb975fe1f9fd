namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>Landlock's rights (<c>LANDLOCK_ACCESS_FS_…</c>). Without a name here, and therefore never given: pipes, sockets, devices and links are made by nobody.</summary>
[Flags]
internal enum FileRights : ulong
{
    None = 0,
    Execute = 1 << 0,
    WriteFile = 1 << 1,
    ReadFile = 1 << 2,
    ReadFolder = 1 << 3,
    RemoveFolder = 1 << 4,
    RemoveFile = 1 << 5,
    MakeFolder = 1 << 7,
    MakeFile = 1 << 8,
    MoveBetweenFolders = 1 << 13,
    Truncate = 1 << 14,
    ControlDevice = 1 << 15,

    /// <summary>Those that make sense for something that is no folder.</summary>
    OfFiles = Execute | WriteFile | ReadFile | Truncate | ControlDevice,

    Read = ReadFile | ReadFolder,
    ReadAndWrite = Read | WriteFile | RemoveFolder | RemoveFile | MakeFolder | MakeFile | MoveBetweenFolders | Truncate,
}
