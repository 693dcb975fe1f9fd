using Veil.Errors;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>
/// The folders of one worker: an input that it may read, a place to write the result to, and one for what it writes meanwhile. Disposing it removes
/// all of them. Not thread-safe.
/// </summary>
internal sealed class WorkerRoom : IDisposable
{
    private readonly string _folder;
    private readonly string _input;
    private readonly string _output;
    private readonly OverwritePolicy _existing;
    private readonly RealPath _real = new();
    private readonly List<string> _readable;
    private readonly List<string> _writable;

    /// <summary>Makes the folders.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: they cannot be made.</exception>
    public WorkerRoom(WorkerSandbox sandbox)
    {
        _folder = Path.Combine(sandbox.Rooms, Guid.NewGuid().ToString("N"));
        (_input, _output) = (Path.Combine(_folder, "in"), Path.Combine(_folder, "out"));
        var temporary = Path.Combine(_folder, "tmp");
        Guarded(() => new[] { _folder, _input, _output, temporary }.ToList().ForEach(OwnerAlone.CreateFolder));

        _existing = sandbox.Existing;
        _writable = [.. sandbox.Writable.Select(_real.OfFolder)];
        _readable = [.. sandbox.Readable.Select(_real.OfFile).Select(_real.OfFolder), .. _writable];
        Policy = new SandboxPolicy(
            sandbox.Layers, temporary, [.. SystemPaths.Runnable], [.. SystemPaths.Readable, .. _readable, _input], [.. SystemPaths.WritableFiles, .. _writable, _output, temporary]);
    }

    /// <summary>What the worker may do.</summary>
    public SandboxPolicy Policy { get; }

    /// <summary>Brings an item in.</summary>
    /// <param name="item">The input.</param>
    /// <param name="target">Where its result is to be; null for none.</param>
    /// <returns>The same as the worker sees it; disposing takes away what is left of it.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: there is no room for it.</exception>
    public RoomVisit Admit(MediaItem item, string? target)
    {
        var real = _real.OfFile(Path.GetFullPath(item.Path));
        var inside = Path.Combine(_input, Path.GetFileName(item.Path));

        // What is no file, or may not be read, the worker is told by its own name, and says so.
        var seen = item.Path;
        Guarded(() => seen = FileKinds.Of(real) == FileKind.Regular && !IsBelow(real, _readable) && TryLink(real, inside) ? inside : item.Path);
        var written = target is null || IsBelow(_real.OfEntry(Path.GetFullPath(target)), _writable) ? target : Path.Combine(_output, Path.GetFileName(target));
        return new RoomVisit(item, seen, target, written, _existing, Clear);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // An encoder that outlives its worker for a moment still writes there. What is left goes with the folder of all rooms.
        }
    }

    // Another name for the same file costs nothing; where that is impossible (another file system, a file of somebody else) it is copied.
    private static bool TryLink(string real, string inside)
    {
        if (SandboxCalls.Link(real, inside) == 0)
        {
            return true;
        }

        try
        {
            File.Copy(real, inside);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsBelow(string path, IReadOnlyList<string> roots) =>
        roots.Any(root => path == root || path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private static void Guarded(Action fill)
    {
        try
        {
            fill();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "The folder of a worker process cannot be used: " + error.Message, "Check its permissions and free space.", error);
        }
    }

    private void Clear()
    {
        Clear(_input);
        Clear(_output);
    }

    private static void Clear(string folder)
    {
        if (!Directory.Exists(folder))
        {
            // The worker was ended, and its room with it.
            return;
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                below.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
