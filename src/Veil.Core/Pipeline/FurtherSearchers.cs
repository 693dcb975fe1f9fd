namespace Veil.Pipeline;

/// <summary>
/// Region providers that look at frames of a film beside the pipeline's own, each in a thread of its own. What is found does
/// not depend on how many there are.
/// </summary>
/// <param name="Count">How many, 0 or more.</param>
/// <param name="Create">Makes one, which is owned by whoever asked; called for the first film, from one thread at a time.</param>
public sealed record FurtherSearchers(int Count, Func<IRegionProvider> Create)
{
    /// <summary>More would have nothing to do: no encoder keeps up with them.</summary>
    private const int Most = 7;

    /// <summary>As many as leave no thread of a run idle.</summary>
    /// <param name="jobs">How many items the run may work on at a time, 1 or more.</param>
    /// <param name="items">How many it has.</param>
    /// <param name="create">Makes one.</param>
    public static FurtherSearchers ForRun(int jobs, int items, Func<IRegionProvider> create)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        return new FurtherSearchers(Math.Min(Most, (jobs / Math.Clamp(items, 1, jobs)) - 1), create);
    }
}
