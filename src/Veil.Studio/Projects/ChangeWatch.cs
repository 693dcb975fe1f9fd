namespace Veil.Studio.Projects;

/// <summary>A token that is cancelled when a project is changed so that what is made of it is right no more. Thread-safe.</summary>
internal sealed class ChangeWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over;
    private readonly IProjects _projects;
    private readonly string _project;
    private readonly Func<Project, bool> _isOutdated;
    private bool _disposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="projects">The projects.</param>
    /// <param name="project">The one.</param>
    /// <param name="isOutdated">Whether what is made is right no more.</param>
    /// <param name="cancellationToken">Cancels the token, too.</param>
    public ChangeWatch(IProjects projects, string project, Func<Project, bool> isOutdated, CancellationToken cancellationToken)
    {
        (_projects, _project, _isOutdated) = (projects, project, isOutdated);
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _over.Token;
        projects.Changed += Look;

        // What changed before this was not told.
        Look(project);
    }

    /// <summary>The token.</summary>
    public CancellationToken Token { get; }

    /// <summary>Cancels it. What hangs on the token is told on other threads: nothing of it holds up whoever made the change.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _ = _over.CancelAsync();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _projects.Changed -= Look;
        lock (_gate)
        {
            _disposed = true;
            _over.Dispose();
        }
    }

    private void Look(string project)
    {
        if (project == _project && _projects.Find(project) is { } now && _isOutdated(now))
        {
            Cancel();
        }
    }
}
