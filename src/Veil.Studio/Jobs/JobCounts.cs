namespace Veil.Studio.Jobs;

/// <summary>How much there is to do.</summary>
/// <param name="Queued">Jobs that wait.</param>
/// <param name="Running">Jobs that somebody works on.</param>
internal sealed record JobCounts(int Queued, int Running);
