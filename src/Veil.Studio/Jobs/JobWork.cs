namespace Veil.Studio.Jobs;

/// <summary>
/// The work itself. It reads the job's inputs, writes results into <see cref="JobContext.OutputFolder"/> alone, and returns when
/// they are complete; only then does anybody see them. Whatever it throws ends the job as failed, so what is worth trying again
/// it has to try itself. It must stop soon after the token is cancelled; then it is either wanted no more or begun again elsewhere.
/// </summary>
/// <param name="context">The job and its folders.</param>
/// <param name="cancellationToken">Cancelled when it is to stop.</param>
internal delegate Task JobWork(JobContext context, CancellationToken cancellationToken);
