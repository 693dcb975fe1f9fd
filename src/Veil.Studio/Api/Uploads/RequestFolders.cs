using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Uploads;

/// <summary>
/// Where pictures of requests lie while they are worked on: a folder of this process among those of others. A file beside it is held
/// locked, so that whoever starts can tell what a killed server left, and deletes it.
/// </summary>
internal sealed class RequestFolders : IDisposable
{
    private const string LockExtension = ".lock";
    private readonly string _folder;
    private readonly FileStream _lock;
    private long _last;

    /// <summary>Makes the folder, and deletes what killed servers left.</summary>
    /// <param name="dataFolder">The server's data folder.</param>
    /// <exception cref="Veil.Errors.VeilException">It cannot be made, or is not private.</exception>
    public RequestFolders(string dataFolder)
    {
        try
        {
            var root = PrivateFolder.Open(Path.Combine(PrivateFolder.Open(dataFolder), "requests"));
            var rooms = PrivateFolder.Open(Path.Combine(dataFolder, "workers"));
            Sweep(root, rooms);
            var name = Guid.NewGuid().ToString("N");
            _folder = Path.Combine(root, name);
            _lock = PrivateFolder.CreateFile(_folder + LockExtension);
            PrivateFolder.Create(_folder);
            Rooms = PrivateFolder.Create(Path.Combine(rooms, name));
        }
        catch (Exception error) when (StorageErrors.IsStorage(error))
        {
            throw StorageErrors.Translate(error);
        }
    }

    /// <summary>Where workers have their rooms: on the file system of what they work on, and swept with the rest.</summary>
    public string Rooms { get; }

    /// <summary>A folder for one request; deleted when all who hold it have let go.</summary>
    public RequestFolder Create()
    {
        try
        {
            return new RequestFolder(PrivateFolder.Create(Path.Combine(_folder, Interlocked.Increment(ref _last).ToString("D", System.Globalization.CultureInfo.InvariantCulture))));
        }
        catch (Exception error) when (StorageErrors.IsStorage(error))
        {
            throw StorageErrors.Translate(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        PrivateFolder.Delete(_folder);
        PrivateFolder.Delete(Rooms);
        _lock.Dispose();
        File.Delete(_folder + LockExtension);
    }

    private static void Sweep(string root, string rooms)
    {
        foreach (var left in Directory.EnumerateFiles(root, "*" + LockExtension))
        {
            try
            {
                using (PrivateFolder.CreateFile(left, FileMode.Open))
                {
                    PrivateFolder.Delete(Path.ChangeExtension(left, null));
                    PrivateFolder.Delete(Path.Combine(rooms, Path.GetFileNameWithoutExtension(left)));
                }

                File.Delete(left);
            }
            catch (IOException)
            {
                // Its server lives, or another that starts is at it.
            }
        }
    }
}
