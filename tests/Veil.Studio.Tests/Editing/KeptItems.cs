using Veil.Errors;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Editing;

/// <summary>One project of one item, kept in memory; saving can be held up or made to fail.</summary>
internal sealed class KeptItems : IProjects, IItemViews
{
    public const string ProjectId = "p";
    public const string ItemId = "i";

    private readonly Lock _lock = new();
    private Project _project = new(ProjectId, "Holiday", DateTimeOffset.UnixEpoch) { Items = [new ProjectItem(ItemId, "a.jpg", "/a.jpg", ItemKind.Picture) { Revision = 1, State = ItemState.Ready }] };

    public event Action<string>? Changed;

    public ReviewedItem? Regions { get; private set; } = SomeItem.Create();

    public int Saves { get; private set; }

    public Exception? Fails { get; set; }

    public TaskCompletionSource Open { get; set; } = CompletedSource();

    public IReadOnlyList<Project> All => [_project];

    public Project? Find(string id) => id == ProjectId ? _project : null;

    public static TaskCompletionSource CompletedSource()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    public Project Change(string id, Func<Project, Project> change)
    {
        lock (_lock)
        {
            _project = change(_project);
        }

        Changed?.Invoke(id);
        return _project;
    }

    /// <summary>What somebody else did: finding again, or other settings.</summary>
    public void ChangeElsewhere(ReviewedItem regions)
    {
        Regions = regions;
        CountUp();
    }

    public Task<ReviewedItem?> RegionsAsync(string project, string item, CancellationToken cancellationToken) => Task.FromResult(item == ItemId ? Regions : null);

    public async Task SaveAsync(string project, string item, ReviewedItem regions, CancellationToken cancellationToken)
    {
        await Open.Task;
        if (Fails is { } error)
        {
            throw error;
        }

        Regions = regions;
        Saves++;
        CountUp();
    }

    public Task<Project> CreateAsync(string name, IReadOnlyList<string> paths, CancellationToken cancellationToken) => throw NotHere();

    public Project CreateEmpty(string name) => throw NotHere();

    public Task<ProjectItem> AddAsync(string project, string name, Stream content, CancellationToken cancellationToken) => throw NotHere();

    public Task DeleteAsync(string id) => throw NotHere();

    public string FolderOf(string id, string part) => throw NotHere();

    public Task<EncodedPicture> OriginalAsync(string project, string item, int frame, int longest, CancellationToken cancellationToken) => throw NotHere();

    public Task<EncodedPicture> ResultAsync(string project, string item, int frame, int longest, AnonymizerSettings? settings, CancellationToken cancellationToken) => throw NotHere();

    private static VeilException NotHere() => new(VeilErrorCode.InvalidOption, "This project has one item, and no pictures.");

    private void CountUp() => Change(ProjectId, project => project with { Items = [.. project.Items.Select(item => item with { Revision = item.Revision + 1 })] });
}
