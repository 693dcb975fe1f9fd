using System.Collections.Concurrent;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

/// <summary>Work of which the test says when it goes on. It writes the text of its inputs, turned round, and who wrote it.</summary>
internal sealed class FakeWork
{
    private readonly ConcurrentQueue<JobId> _begun = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Goes on at once.</summary>
    public static FakeWork Free()
    {
        var work = new FakeWork();
        work.Open();
        return work;
    }

    /// <summary>Each beginning, in order.</summary>
    public IReadOnlyCollection<JobId> Begun => _begun;

    /// <summary>Set, it does not stop when it is told to.</summary>
    public bool Deaf { get; init; }

    /// <summary>Lets everything go on that waits, and all that comes.</summary>
    public void Open() => _open.TrySetResult();

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        _begun.Enqueue(context.Job.Id);
        var total = context.Job.Inputs.Length;
        context.Report(new JobProgress { Items = total });
        await File.WriteAllTextAsync(Path.Combine(context.OutputFolder, "half"), "half", CancellationToken.None);
        await (Deaf ? _open.Task : _open.Task.WaitAsync(cancellationToken));
        foreach (var input in context.Job.Inputs)
        {
            var text = await File.ReadAllTextAsync(context.PathOf(input), CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(context.OutputFolder, input.StoredName + ".txt"), new string([.. text.Reverse()]), CancellationToken.None);
        }

        File.Delete(Path.Combine(context.OutputFolder, "half"));
        await File.WriteAllTextAsync(Path.Combine(context.OutputFolder, "lease"), $"{context.Job.Lease!.Number}", CancellationToken.None);
        context.Report(new JobProgress { Items = total, ItemsDone = total });
    }
}
