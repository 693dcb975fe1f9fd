using Microsoft.AspNetCore.Components;
using Veil.Errors;
using Veil.Studio.Projects;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Components.Pages.Choose;

/// <summary>The people of the project, as far as they can be told apart, and who of them stays clear. Faces have to be found first.</summary>
public sealed partial class PeopleCard
{
    private readonly CancellationTokenSource _gone = new();
    private PeopleView? _people;
    private RunView? _run;
    private VeilException? _error;
    private int _shown = 8;

    [Inject]
    private PeopleGroups Groups { get; set; } = null!;

    [Inject]
    private IProjects Projects { get; set; } = null!;

    [Inject]
    private ProjectRuns Runs { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Runs.Progressed -= OnProgress;
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Runs.Progressed += OnProgress;
        _run = Runs.Find(State.Project.Id);
        if (_run is null)
        {
            await ReadAsync();
        }
    }

    private bool IsKept(PersonView person) => Kept(person) is not null;

    // Groups were read once; who is kept changes with every click.
    private KeptPerson? Kept(PersonView person) => State.Project.Kept.FirstOrDefault(kept => kept.Faces.Any(person.Person.Faces.Contains));

    private void Toggle(PersonView person)
    {
        var kept = Kept(person);
        Projects.Change(State.Project.Id, project => project with { Kept = kept is null ? [.. project.Kept, person.Person] : [.. project.Kept.Where(one => one != kept)] });
    }

    private void Look()
    {
        _error = null;
        try
        {
            Runs.StartFinding(State.Project.Id);
            _run = Runs.Find(State.Project.Id);
        }
        catch (VeilException error)
        {
            _error = error;
        }
    }

    private void OnProgress(string project)
    {
        if (project == State.Project.Id)
        {
            _ = InvokeAsync(async () =>
            {
                _run = Runs.Find(project);
                if (_run is null)
                {
                    await ReadAsync();
                }

                StateHasChanged();
            });
        }
    }

    private async Task ReadAsync()
    {
        if (!State.Project.Items.Any(item => item.FoundBy.Length > 0))
        {
            return;
        }

        try
        {
            _people = await Groups.GroupsAsync(State.Project.Id, _gone.Token);
        }
        catch (VeilException error)
        {
            _error = error;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
