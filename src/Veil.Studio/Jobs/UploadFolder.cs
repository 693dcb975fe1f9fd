namespace Veil.Studio.Jobs;

/// <summary>
/// Where the inputs of a job are put together: a folder, and a file beside it that its process holds locked. The lock ends with
/// the process, so that anybody can tell an upload that is going on from one that was broken off. Not thread-safe.
/// </summary>
internal sealed class UploadFolder : IDisposable
{
    private const string LockExtension = ".lock";
    private readonly string _folder;
    private readonly string _place;
    private readonly FileStream _lock;

    private UploadFolder(string folder, string place, FileStream held) => (_folder, _place, _lock) = (folder, place, held);

    /// <summary>Where uploaded files go.</summary>
    public string Input => Path.Combine(_folder, "input");

    /// <summary>Begins an upload.</summary>
    /// <param name="folder">Its folder, which is not there yet.</param>
    /// <param name="place">Where the folder will be once the job is whole.</param>
    public static UploadFolder Create(string folder, string place)
    {
        var upload = new UploadFolder(folder, place, PrivateFolder.CreateFile(folder + LockExtension));
        PrivateFolder.Create(upload.Input);
        return upload;
    }

    /// <summary>Names of the uploads in a folder.</summary>
    public static IEnumerable<string> LocksIn(string folder) =>
        Directory.EnumerateFiles(folder, "*" + LockExtension).Select(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>Takes over an upload whose process has ended; null when it has not.</summary>
    public static UploadFolder? TryTake(string folder, string place)
    {
        try
        {
            return new UploadFolder(folder, place, PrivateFolder.CreateFile(folder + LockExtension, FileMode.Open));
        }
        catch (IOException) when (File.Exists(folder + LockExtension) || !Directory.Exists(folder))
        {
            return null;
        }
    }

    /// <summary>Makes the files durable and puts the folder in its place, in one step.</summary>
    public void Place()
    {
        DiskSync.Tree(_folder);
        Directory.Move(_folder, _place);
        DiskSync.Folder(Path.GetDirectoryName(_place)!);
    }

    /// <summary>Deletes the files, wherever they are by now.</summary>
    public void Discard()
    {
        PrivateFolder.Delete(_folder);
        PrivateFolder.Delete(_place);
    }

    /// <summary>Says that it is known what became of the upload.</summary>
    public void Close()
    {
        _lock.Dispose();
        File.Delete(_folder + LockExtension);
    }

    /// <summary>Leaves the upload as it is, for a sweep to find out what became of it.</summary>
    public void Dispose() => _lock.Dispose();
}
