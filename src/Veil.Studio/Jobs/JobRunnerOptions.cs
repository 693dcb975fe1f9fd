using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>How jobs are run.</summary>
internal sealed record JobRunnerOptions
{
    private const int MostAtOnce = 64;
    private const int MostAttempts = 100;

    /// <summary>Jobs at a time. 1 to 64; 1 by default.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>After how long without a sign of life another server takes a job. 1 second to 10 minutes; 30 seconds by default.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a running job reports its progress and looks whether it is to stop. At most a third of the lease; a second by default.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often an idle runner looks for work that it was not told of. 10 ms to a minute; 2 seconds by default.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a job is begun before it counts as one that cannot be done. 1 to 100; 3 by default.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>A job that takes longer fails. 1 second to 30 days; a day by default.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long running jobs may go on when the server is to end. Up to an hour; 20 seconds by default.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long jobs have to stop after that, and to go back into the queue. Up to 10 minutes; 10 seconds by default.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public void Validate()
    {
        Require(nameof(Concurrency), Concurrency, MostAtOnce);
        Require(nameof(MaxAttempts), MaxAttempts, MostAttempts);
        JobQueueOptions.Require(nameof(Lease), Lease, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        JobQueueOptions.Require(nameof(Heartbeat), Heartbeat, TimeSpan.FromMilliseconds(10), Lease / 3);
        JobQueueOptions.Require(nameof(Poll), Poll, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        JobQueueOptions.Require(nameof(TimeLimit), TimeLimit, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        JobQueueOptions.Require(nameof(Grace), Grace, TimeSpan.Zero, TimeSpan.FromHours(1));
        JobQueueOptions.Require(nameof(StopPatience), StopPatience, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    private static void Require(string name, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected {name} between 1 and {most}, but it is {value}.");
        }
    }
}
