using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>Whether jobs can be accepted and kept just now.</summary>
/// <param name="Problem">What stands against it; null when nothing does.</param>
internal sealed record StoreHealth(VeilException? Problem)
{
    /// <summary>Nothing stands against it.</summary>
    public static StoreHealth Ready { get; } = new((VeilException?)null);

    /// <summary>True when jobs can be accepted.</summary>
    public bool IsReady => Problem is null;

    /// <summary>What a check says: ready, unless it throws.</summary>
    public static async Task<StoreHealth> OfAsync(Func<Task> check)
    {
        try
        {
            await check();
            return Ready;
        }
        catch (VeilException problem)
        {
            return new StoreHealth(problem);
        }
    }
}
