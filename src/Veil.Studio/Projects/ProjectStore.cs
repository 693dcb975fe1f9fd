using System.Collections.Concurrent;
using System.Security.Cryptography;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Hosting;

namespace Veil.Studio.Projects;

/// <summary>
/// Projects in a folder: each in one of its own, with <c>project.json</c>, files that were handed over, and what was found. One process at a time
/// works on a data folder. Thread-safe.
/// </summary>
internal sealed class ProjectStore : IProjects, IDisposable
{
    private const string FileName = "project.json";
    private const int IdBytes = 12;

    private readonly string _root;
    private readonly FileStream _lock;
    private readonly ConcurrentDictionary<string, OpenProject> _projects = new(StringComparer.Ordinal);

    /// <summary>Opens a data folder.</summary>
    /// <exception cref="VeilException">It cannot be used, or another studio uses it.</exception>
    public ProjectStore(StudioOptions options)
    {
        PrivateFolder.Ensure(options.DataFolder);
        _lock = Lock(options.DataFolder);
        _root = Path.Combine(options.DataFolder, "projects");
        PrivateFolder.Ensure(_root);
        foreach (var folder in Directory.EnumerateDirectories(_root).Where(folder => IsId(Path.GetFileName(folder)) && new DirectoryInfo(folder).LinkTarget is null))
        {
            var id = Path.GetFileName(folder);
            _projects[id] = new OpenProject(FileOf(id), Load(id, folder));
        }
    }

    /// <inheritdoc/>
    public event Action<string>? Changed;

    /// <inheritdoc/>
    public IReadOnlyList<Project> All => [.. _projects.Values.Select(open => open.Value).OrderByDescending(project => project.Created).ThenBy(project => project.Id, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public Project? Find(string id) => _projects.TryGetValue(id, out var open) ? open.Value : null;

    /// <inheritdoc/>
    public Task<Project> CreateAsync(string name, IReadOnlyList<string> paths, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var items = ItemSearch.Find(paths, cancellationToken);
            return Add(name, items);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Project CreateEmpty(string name) => Add(name, []);

    /// <inheritdoc/>
    public async Task<ProjectItem> AddAsync(string project, string name, Stream content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(FolderOf(project, "uploads"), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)));
        try
        {
            var file = PrivateFolder.CreateFile(path);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }

            var kind = MediaKinds.Of(path) ?? throw new VeilException(VeilErrorCode.NotAPicture, $"'{name}' is neither a picture nor a film that Veil knows.", "Convert it first, e.g. to JPEG or MP4.");
            var safe = ItemNames.Safe(name);
            var numbered = "";
            var changed = Change(project, before =>
            {
                var taken = before.Items.Select(item => item.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
                numbered = ItemSearch.IdOf(before.Items.Count + 1);
                return before with { Items = [.. before.Items, new ProjectItem(numbered, ItemNames.Take(safe, taken), path, kind)] };
            });
            return changed.Find(numbered)!;
        }
        catch (Exception error)
        {
            File.Delete(path);
            throw error is IOException or UnauthorizedAccessException
                ? new VeilException(VeilErrorCode.UnwritableOutput, $"'{name}' could not be taken over: {error.Message}", "Check that there is room on the disk, and add it again.", error)
                : error;
        }
    }

    /// <inheritdoc/>
    public Project Change(string id, Func<Project, Project> change)
    {
        var changed = Require(id).Change(before => change(before) is var after && SameResults(before, after) ? after : OutOfDate(after));
        Changed?.Invoke(id);
        return changed;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string id)
    {
        if (_projects.TryRemove(id, out var open))
        {
            open.Close();
            await Task.Run(() => RemoveFolder(Path.Combine(_root, id))).ConfigureAwait(false);
            Changed?.Invoke(id);
        }
    }

    /// <inheritdoc/>
    public string FolderOf(string id, string part)
    {
        if (!_projects.ContainsKey(id) || part.Length == 0 || !part.All(letter => char.IsAsciiLetterLower(letter) || letter == '-'))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "There is no such project.", "It may have been deleted in another window.");
        }

        var folder = Path.Combine(_root, id, part);
        PrivateFolder.Ensure(folder);
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var open in _projects.Values)
        {
            open.Flush();
        }

        _lock.Dispose();
    }

    private static bool SameResults(Project before, Project after) => ReferenceEquals(before.Settings, after.Settings) || Anonymizers.KeyOf(before.Settings) == Anonymizers.KeyOf(after.Settings);

    // Other settings make other results: pictures in browsers and what was exported are those of before.
    private static Project OutOfDate(Project project) => project with
    {
        Items = [.. project.Items.Select(item => item with { Revision = item.Revision + 1, State = item.State == ItemState.Exported ? ItemState.Ready : item.State })],
    };

    private static bool IsId(string name) => name.Length == 2 * IdBytes && name.All(char.IsAsciiHexDigitLower);

    private static FileStream Lock(string folder)
    {
        try
        {
            return PrivateFolder.CreateFile(Path.Combine(folder, "lock"), FileMode.OpenOrCreate);
        }
        catch (IOException error)
        {
            throw new VeilException(
                VeilErrorCode.UnwritableOutput, $"Another studio works with the projects in '{folder}'.", "Use that one, or start this one with another folder: --data.", error);
        }
    }

    private static void RemoveFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster; it is gone, as was asked for.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"What belongs to the project cannot be deleted: {error.Message}", $"Delete the folder '{folder}' yourself.", error);
        }
    }

    private Project Load(string id, string folder)
    {
        try
        {
            using var file = File.OpenRead(FileOf(id));
            return ProjectDocument.Read(id, file);
        }
        catch (Exception error) when (error is VeilException or IOException or UnauthorizedAccessException)
        {
            var said = error as VeilException ?? ProjectDocument.Damaged(error);
            return new Project(id, id[..8], new DateTimeOffset(Directory.GetCreationTimeUtc(folder), TimeSpan.Zero)) { Damage = new ItemError(said.Code.ToString(), "open", said.Message, said.Hint) };
        }
    }

    private Project Add(string name, IReadOnlyList<ProjectItem> items)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        PrivateFolder.Ensure(Path.Combine(_root, id));
        var open = new OpenProject(FileOf(id), new Project(id, string.IsNullOrWhiteSpace(name) ? "—" : name.Trim(), DateTimeOffset.UtcNow) { Items = items });
        open.Change(project => project);
        _projects[id] = open;
        Changed?.Invoke(id);
        return open.Value;
    }

    private string FileOf(string id) => Path.Combine(_root, id, FileName);

    private OpenProject Require(string id) => _projects.TryGetValue(id, out var open) ? open
        : throw new VeilException(VeilErrorCode.InvalidOption, "There is no such project.", "It may have been deleted in another window.");
}
