using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class ProjectRunTests
{
    private static readonly RunRecord Record = new(RunWork.Finding, DateTimeOffset.UnixEpoch, Paused: false, Target: null);

    [Fact]
    public async Task Nobody_works_any_more_when_a_turn_is_over()
    {
        const int Workers = 4;
        using var end = new CancellationTokenSource();
        var (run, active, turns) = (new ProjectRun("project", Record), 0, 0);
        run.Enter(Workers, round: null);
        var workers = Enumerable.Range(0, Workers).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
        for (; turns < 500; turns++)
        {
            var turn = run.TakeTurn();
            run.Take(Record with { Paused = true });
            if (turns % 3 == 0)
            {
                // The user thinks otherwise, at any moment of coming to rest.
                run.Take(Record);
                run.Take(Record with { Paused = true });
            }

            await turn.WaitAsync(Eventually.Patience);
            Assert.Equal(0, Volatile.Read(ref active));
            Assert.Equal(RunState.Paused, run.View().State);
            run.Take(Record);
            Assert.Equal(RunState.Waiting, run.View().State);
            Assert.Equal(0, Volatile.Read(ref active));
        }

        await end.CancelAsync();
        await Task.WhenAll(workers).WaitAsync(Eventually.Patience);

        void Work()
        {
            try
            {
                while (true)
                {
                    run.Rest(end.Token);
                    Interlocked.Increment(ref active);
                    Thread.SpinWait(20);
                    Interlocked.Decrement(ref active);
                }
            }
            catch (OperationCanceledException)
            {
                run.Leave();
            }
        }
    }

    [Fact]
    public async Task The_last_one_that_leaves_ends_the_turn_of_those_that_rest()
    {
        var run = new ProjectRun("project", Record);
        run.Enter(2, round: null);
        var turn = run.TakeTurn();
        run.Take(Record with { Paused = true });
        using var end = new CancellationTokenSource();
        var resting = Task.Run(() => Assert.Throws<OperationCanceledException>(() => run.Rest(end.Token)));
        Assert.Equal(RunState.Pausing, run.View().State);
        run.Leave();
        await turn.WaitAsync(Eventually.Patience);
        Assert.Equal(RunState.Paused, run.View().State);
        await end.CancelAsync();
        await resting.WaitAsync(Eventually.Patience);
    }
}
