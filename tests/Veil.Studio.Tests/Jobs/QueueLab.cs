using System.Text;
using System.Text.Json;
using Veil.Studio.Jobs;
using Veil.Studio.Jobs.Files;
using Veil.Studio.Jobs.Postgres;

namespace Veil.Studio.Tests.Jobs;

/// <summary>
/// A queue of its own for one test, that any number of servers can open. Leases are judged by a clock that stands still until the
/// test moves it; waiting is done in real time.
/// </summary>
internal sealed class QueueLab(StoreKind kind, SharedPostgres postgres) : IAsyncDisposable
{
    public const string Owner = "key-1";
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly string _schema = $"test_{Guid.NewGuid():N}";
    private readonly List<IJobStore> _stores = [];

    public static ClaimTerms Terms { get; } = new("somebody", Lease, 3);

    public FakeTime Time { get; } = new();

    public JobQueueOptions Options { get; init; } = new() { Poll = TimeSpan.FromMilliseconds(20) };

    public string Root => _folder["jobs"];

    public JobFolders Folders => new(Root, reserveBytes: 0);

    /// <summary>What a server of its own would open.</summary>
    public async Task<IJobStore> OpenStoreAsync(TimeProvider? time = null)
    {
        IJobStore store = kind == StoreKind.Files
            ? await FileJobStore.OpenAsync(Path.Combine(Folders.Root, "queue"), time ?? Time, default)
            : new PostgresJobStore(postgres.Server.ConnectionString, _schema, time ?? Time);
        _stores.Add(store);
        return store;
    }

    public async Task<JobQueue> OpenAsync() => Queue(await OpenStoreAsync());

    public JobQueue Queue(IJobStore store) => new(store, Folders, Options, TimeProvider.System);

    public static JsonElement Settings(string json = """{"method":"blocks"}""") => JsonDocument.Parse(json).RootElement;

    public static async Task<Job> SubmitAsync(JobQueue queue, string owner = Owner, string name = "a.jpg", string content = "a face")
    {
        await using var draft = queue.Draft(owner);
        await draft.AddAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(content)), 1000, default);
        return await draft.SubmitAsync(Settings(), default);
    }

    /// <summary>Puts a job into the queue; the next one is a second younger.</summary>
    public async Task<Job> AddAsync(JobQueue queue, string owner = Owner)
    {
        var job = await SubmitAsync(queue, owner);
        Time.Advance(TimeSpan.FromSeconds(1));
        return job;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _folder.Dispose();
    }
}
