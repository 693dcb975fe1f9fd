using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Run;

/// <summary>Holds a project's work at its first items, so that a fast machine does not end it before a test has clicked.</summary>
internal sealed class HeldWork : IDisposable
{
    private readonly ManualResetEventSlim _free = new();
    private readonly IProjects _projects;

    /// <summary>Holds whoever takes an item from now on.</summary>
    public HeldWork(IProjects projects)
    {
        _projects = projects;
        _projects.Changed += Hold;
    }

    /// <summary>Lets it go on.</summary>
    public void Release() => _free.Set();

    /// <inheritdoc/>
    public void Dispose()
    {
        _projects.Changed -= Hold;
        Release();
    }

    /// <summary>Changes are told on the thread that makes them: of items under way, on their worker's.</summary>
    private void Hold(string project)
    {
        if (_projects.Find(project)?.Items.Any(item => item.State == ItemState.Working) == true)
        {
            _free.Wait(Eventually.Patience);
        }
    }
}
