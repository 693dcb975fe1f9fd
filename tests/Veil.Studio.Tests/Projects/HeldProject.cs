using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

/// <summary>Holds a project's work at its first items, until a test has done what it does while they are under way.</summary>
internal sealed class HeldProject : IDisposable
{
    private readonly ManualResetEventSlim _free = new();
    private readonly IProjects _projects;
    private readonly string _project;

    /// <summary>Holds whoever takes an item from now on.</summary>
    public HeldProject(IProjects projects, string project)
    {
        (_projects, _project) = (projects, project);
        _projects.Changed += Hold;
    }

    /// <summary>Lets it go on.</summary>
    public void Dispose()
    {
        _projects.Changed -= Hold;
        _free.Set();
    }

    /// <summary>Changes are told on the thread that makes them: of items under way, on their worker's.</summary>
    private void Hold(string project)
    {
        if (project == _project && _projects.Find(project)?.Items.Any(item => item.State == ItemState.Working) == true)
        {
            _free.Wait(Eventually.Patience);
        }
    }
}
