using System.Globalization;
using System.Text.RegularExpressions;
using Veil.Pipeline;

namespace Veil.Studio.Live.Recordings;

/// <summary>
/// Recordings of live pictures, in a folder for their owner alone: written while they are made, so that neither a browser that breaks off nor a studio that
/// is killed takes them along, and kept until they are saved or deleted. All of them are anonymized. What the browser has had is removed when the next
/// recording begins or the studio starts, not at once: that all was sent is not to say that all was stored. Thread-safe.
/// </summary>
internal sealed partial class LiveRecordings : IDisposable
{
    private const string Unfinished = ".part";
    private const string HandedOver = ".handed-over";

    private readonly string _folder;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _finishing = new(1);

    private LiveRecordings(string folder) => _folder = folder;

    /// <summary>Told when the list is another, from any thread.</summary>
    public event Action? Changed;

    /// <summary>What stays free on the disk: a recording ends before it leaves less to all else on the machine.</summary>
    public long LeastFree { get; set; } = 256 << 20;

    /// <summary>Whether there is room to go on.</summary>
    public bool HasRoom => new DriveInfo(_folder).AvailableFreeSpace >= LeastFree;

    /// <summary>The recordings in a folder, which is made when the first one begins; what is left over in it is removed.</summary>
    public static LiveRecordings Open(string folder)
    {
        var recordings = new LiveRecordings(folder);
        if (Directory.Exists(folder))
        {
            TemporaryFile.RemoveIn(folder);
            recordings.Sweep();
        }

        return recordings;
    }

    /// <summary>Those that are not being written, the latest first.</summary>
    public IReadOnlyList<KeptRecording> List()
    {
        lock (_gate)
        {
            return [.. Files().Where(file => Kept().IsMatch(file.Name) && !IsBeingWritten(file.FullName))
                .Select(Describe).DistinctBy(recording => recording.Name).OrderByDescending(recording => recording.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Begins a recording.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public RecordingFile Begin(RecordingKind kind)
    {
        PrivateFolder.Create(_folder);
        Sweep();
        lock (_gate)
        {
            // Two windows may begin within a second.
            for (var second = DateTime.Now; ; second += TimeSpan.FromSeconds(1))
            {
                var name = $"veil-live-{second.ToString("yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture)}.{(kind == RecordingKind.Mp4 ? "mp4" : "webm")}";
                if (!Files().Any(file => file.Name.StartsWith(name, StringComparison.Ordinal)))
                {
                    return new RecordingFile(name, Create(Of(name) + Unfinished), () => Changed?.Invoke());
                }
            }
        }
    }

    /// <summary>Opens a recording for reading, with its index; null when there is none of this name, or when it is being written.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<FileStream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (!Whole().IsMatch(name))
        {
            return null;
        }

        await FinishAsync(name, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return new[] { Of(name), Of(name) + HandedOver }.FirstOrDefault(File.Exists) is { } path
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan)
                : null;
        }
    }

    /// <summary>Gives a recording that is written no more its index, where that can be done here; once is enough.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public async Task FinishAsync(string name, CancellationToken cancellationToken)
    {
        await _finishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var written = Of(name) + Unfinished;
            if (!File.Exists(written) || IsBeingWritten(written))
            {
                return;
            }

            var indexed = TemporaryFile.For(Of(name));
            try
            {
                await PrivateFolder.CreateFile(indexed).DisposeAsync().ConfigureAwait(false);
                var kind = name.EndsWith(".mp4", StringComparison.Ordinal) ? RecordingKind.Mp4 : RecordingKind.Webm;
                var hasIndex = await Task.Run(() => RecordingIndex.TryWrite(written, indexed, kind, cancellationToken), cancellationToken).ConfigureAwait(false);
                File.Move(hasIndex ? indexed : written, Of(name), overwrite: true);
                File.Delete(written);
            }
            finally
            {
                File.Delete(indexed);
            }
        }
        finally
        {
            _finishing.Release();
        }

        Changed?.Invoke();
    }

    /// <summary>Says that the browser has had all of a recording.</summary>
    public void SayHandedOver(string name)
    {
        lock (_gate)
        {
            if (File.Exists(Of(name)))
            {
                File.Move(Of(name), Of(name) + HandedOver);
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Deletes a recording, unless it is being written.</summary>
    public async Task DeleteAsync(string name)
    {
        // Not beneath a copy that is being made of it.
        await _finishing.WaitAsync().ConfigureAwait(false);
        try
        {
            Delete(Files().Where(file => file.Name.StartsWith(name, StringComparison.Ordinal) && Kept().IsMatch(file.Name)));
        }
        finally
        {
            _finishing.Release();
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _finishing.Dispose();

    /// <summary>Removes what the browser has had, and files without content.</summary>
    private void Sweep()
    {
        Delete(Files().Where(file => file.Name.EndsWith(HandedOver, StringComparison.Ordinal) || (file.Length == 0 && Kept().IsMatch(file.Name))));
        Changed?.Invoke();
    }

    private void Delete(IEnumerable<FileInfo> files)
    {
        lock (_gate)
        {
            foreach (var file in files.Where(file => !IsBeingWritten(file.FullName)))
            {
                file.Delete();
            }
        }
    }

    // Without a buffer: what a full disk does not take is told at once, and not tried again when the file is closed.
    private static FileStream Create(string path) => new(
        path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous }.ForOwnerAlone());

    private static KeptRecording Describe(FileInfo file)
    {
        var name = Whole().Match(Path.GetFileNameWithoutExtension(file.Name)) is { Success: true } without ? without.Value : file.Name;
        return new KeptRecording(name, file.Length, file.Name.EndsWith(HandedOver, StringComparison.Ordinal) ? RecordingState.HandedOver : RecordingState.Unsaved);
    }

    /// <summary>The lock of who writes tells, also when that is another studio.</summary>
    private static bool IsBeingWritten(string path)
    {
        try
        {
            using var read = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private FileInfo[] Files() => Directory.Exists(_folder) ? new DirectoryInfo(_folder).GetFiles("veil-live-*") : [];

    private string Of(string name) => Path.Combine(_folder, name);

    [GeneratedRegex(@"^veil-live-[0-9-]{19}\.(mp4|webm)$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^veil-live-[0-9-]{19}\.(mp4|webm)(\.part|\.handed-over)?$")]
    private static partial Regex Kept();
}
