namespace Veil.Studio.Jobs;

/// <summary>How a runner takes jobs.</summary>
/// <param name="Holder">Names the runner.</param>
/// <param name="Lease">For how long; until then it has to be renewed.</param>
/// <param name="MaxAttempts">A job that was begun so often and never came to an end fails.</param>
internal sealed record ClaimTerms(string Holder, TimeSpan Lease, int MaxAttempts);
