namespace Veil.Studio.Jobs;

/// <summary>
/// The right to work on a job for a while. Its number grows with every lease of the job, and a store accepts nothing from a
/// runner whose number is no longer the newest.
/// </summary>
/// <param name="Number">From 1.</param>
/// <param name="Holder">Which runner has it.</param>
/// <param name="Until">When another may take the job, unless it was renewed.</param>
internal sealed record JobLease(long Number, string Holder, DateTimeOffset Until);
