using System.Collections.Immutable;
using System.Text.Json;
using Veil.Errors;
using static Veil.Studio.Jobs.StorageErrors;

namespace Veil.Studio.Jobs;

/// <summary>
/// A job that is being put together. Until <see cref="SubmitAsync"/> has returned nothing of it counts; disposed before, it leaves
/// nothing behind. Not thread-safe.
/// </summary>
internal sealed class JobDraft : IAsyncDisposable
{
    private const int BufferBytes = 1 << 17;
    private readonly string _owner;
    private readonly IJobStore _store;
    private readonly JobFolders _folders;
    private readonly JobQueueOptions _options;
    private readonly UploadFolder _upload;
    private readonly ImmutableArray<JobInput>.Builder _inputs = ImmutableArray.CreateBuilder<JobInput>();
    private DraftFate _fate = DraftFate.Open;

    internal JobDraft(string owner, JobId id, IJobStore store, JobFolders folders, JobQueueOptions options)
    {
        (_owner, Id, _store, _folders, _options) = (owner, id, store, folders, options);
        _upload = folders.BeginUpload(Id);
    }

    private enum DraftFate
    {
        Open,
        Accepted,
        // The store may have it, or not: whoever sweeps finds out.
        Unknown,
    }

    /// <summary>The id that the job will have.</summary>
    public JobId Id { get; }

    /// <summary>Takes in a file.</summary>
    /// <param name="name">The owner's name for it; any text.</param>
    /// <param name="content">Its bytes, read to the end.</param>
    /// <param name="atMost">It is refused when it is longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.LimitExceeded"/>, <see cref="VeilErrorCode.StorageFull"/>, <see cref="VeilErrorCode.StoreUnavailable"/>. What
    /// the stream throws comes as it is.
    /// </exception>
    public async Task<JobInput> AddAsync(string name, Stream content, long atMost, CancellationToken cancellationToken)
    {
        _folders.RequireRoom();
        var input = new JobInput { Number = _inputs.Count + 1, Name = name, Length = 0 };
        var buffer = new byte[BufferBytes];
        var length = 0L;
        await using (var file = Guarded(() => PrivateFolder.CreateFile(Path.Combine(_upload.Input, input.StoredName))))
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                length += read;
                if (length > atMost)
                {
                    throw new VeilException(VeilErrorCode.LimitExceeded, $"Expected a file of at most {atMost} bytes, but it is longer.", "Send a smaller file, or ask whoever runs the server to raise the limit.");
                }

                await GuardedAsync(() => file.WriteAsync(buffer.AsMemory(0, read), cancellationToken));
            }

            await GuardedAsync(() => new ValueTask(file.FlushAsync(cancellationToken)));
        }

        input = input with { Length = length };
        _inputs.Add(input);
        return input;
    }

    /// <summary>Names a file or folder on the server; the caller has checked that the owner may have it read.</summary>
    /// <param name="name">What the owner calls it.</param>
    /// <param name="path">Full path.</param>
    /// <param name="length">Its bytes; 0 for a folder.</param>
    public JobInput AddServerPath(string name, string path, long length)
    {
        var input = new JobInput { Number = _inputs.Count + 1, Name = name, Length = length, ServerPath = path };
        _inputs.Add(input);
        return input;
    }

    /// <summary>Puts the job into the queue. When this returns, the job is accepted and no crash loses it.</summary>
    /// <param name="settings">What is to be done.</param>
    /// <param name="cancellationToken">Gives up, as long as nothing was accepted.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidOption"/>: there are no inputs. <see cref="VeilErrorCode.StorageFull"/>,
    /// <see cref="VeilErrorCode.StoreUnavailable"/>: it is not accepted.
    /// </exception>
    public async Task<Job> SubmitAsync(JsonElement settings, CancellationToken cancellationToken)
    {
        if (_inputs.Count == 0)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Expected at least one file to work on, but the job has none.", "Send a file, or name one on the server.");
        }

        var now = await _store.NowAsync(cancellationToken);
        var job = new Job
        {
            Id = Id,
            Owner = _owner,
            Created = now,
            Settings = settings.Clone(),
            Inputs = _inputs.ToImmutable(),
            InputsDue = now + _options.KeepOriginals,
            KeepResults = _options.KeepResults,
        };
        await Task.Run(() => Guarded(_upload.Place), cancellationToken);
        _fate = DraftFate.Unknown;
        await _store.AddAsync(job, cancellationToken);
        _fate = DraftFate.Accepted;
        return job;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        switch (_fate)
        {
            case DraftFate.Open:
                Guarded(_upload.Discard);
                Guarded(_upload.Close);
                break;
            case DraftFate.Accepted:
                Guarded(_upload.Close);
                break;
            default:
                _upload.Dispose();
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static async Task GuardedAsync(Func<ValueTask> action)
    {
        try
        {
            await action();
        }
        catch (Exception error) when (StorageErrors.IsStorage(error))
        {
            throw StorageErrors.Translate(error);
        }
    }
}
