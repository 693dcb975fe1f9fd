namespace Veil.Studio.Projects;

/// <summary>The user's projects, kept in a folder that nobody else can read. Thread-safe.</summary>
internal interface IProjects
{
    /// <summary>Told after any change of a project, with its id; on any thread.</summary>
    event Action<string>? Changed;

    /// <summary>All, the newest first.</summary>
    IReadOnlyList<Project> All { get; }

    /// <summary>A project; null when there is none.</summary>
    Project? Find(string id);

    /// <summary>Makes a project of files and folders on this machine, searched to any depth; the originals stay where they are.</summary>
    /// <exception cref="Errors.VeilException">There is nothing to be found.</exception>
    Task<Project> CreateAsync(string name, IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>Makes a project without items, to be filled by <see cref="AddAsync"/>.</summary>
    Project CreateEmpty(string name);

    /// <summary>Takes a file into the project's own folder.</summary>
    /// <param name="project">Its id.</param>
    /// <param name="name">Path below the inputs as the user knows it; never becomes part of a path here.</param>
    /// <param name="content">The file; nothing is left of it when this breaks off.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    Task<ProjectItem> AddAsync(string project, string name, Stream content, CancellationToken cancellationToken);

    /// <summary>Changes a project, one change at a time, and writes it down.</summary>
    Project Change(string id, Func<Project, Project> change);

    /// <summary>Deletes a project with everything that belongs to it; originals elsewhere and exported results stay.</summary>
    Task DeleteAsync(string id);

    /// <summary>A folder of the project's own (0700), e.g. for regions, previews or proxies of films.</summary>
    /// <param name="id">The project.</param>
    /// <param name="part">A plain name.</param>
    string FolderOf(string id, string part);
}
