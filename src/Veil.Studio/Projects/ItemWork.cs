using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>What a run does with items: finding or exporting. Made when the run begins or goes on; disposed when it ends or rests.</summary>
internal abstract class ItemWork : IDisposable
{
    /// <summary>Whether what was prepared is right no more, because the project was changed: then the run begins anew.</summary>
    /// <param name="now">The project as it is.</param>
    public abstract bool IsOutdatedBy(Project now);

    /// <summary>Whether an item has to be done again, because it was changed while it was under way.</summary>
    /// <param name="begun">As it was then.</param>
    /// <param name="now">As it is.</param>
    public abstract bool IsOutdatedBy(ProjectItem begun, ProjectItem now);

    /// <summary>Does one item. Several at a time.</summary>
    /// <param name="item">The item.</param>
    /// <param name="progress">Told about frames.</param>
    /// <param name="cancellationToken">Abandons it; nothing is left then.</param>
    /// <returns>The item as it is now; what is wrong with it is in it, not thrown.</returns>
    public abstract ProjectItem Process(ProjectItem item, IProgress<ItemProgress> progress, CancellationToken cancellationToken);

    /// <summary>Called when no item is left.</summary>
    public abstract void Complete();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>An item that failed.</summary>
    /// <param name="item">The item.</param>
    /// <param name="again">What has to be done again.</param>
    /// <param name="error">Why.</param>
    protected static ProjectItem Failed(ProjectItem item, RunWork again, ItemError error) => item with { State = ItemState.Failed, Again = again, Error = error };

    /// <summary>An item that failed.</summary>
    /// <param name="item">The item.</param>
    /// <param name="again">What has to be done again.</param>
    /// <param name="error">Why.</param>
    /// <param name="step">Where.</param>
    protected static ProjectItem Failed(ProjectItem item, RunWork again, VeilException error, string step) =>
        Failed(item, again, new ItemError(error.Code.ToString(), step, error.Message, error.Hint));

    /// <summary>Frees what it holds.</summary>
    /// <param name="disposing">True.</param>
    protected abstract void Dispose(bool disposing);
}
