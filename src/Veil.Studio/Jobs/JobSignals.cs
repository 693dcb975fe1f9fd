using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Veil.Studio.Jobs;

/// <summary>
/// Wakes those who wait for a job to change, or for work to come. A signal may come for nothing, and one of another process may be
/// lost: whoever waits looks for themselves, and looks again after a while. Thread-safe.
/// </summary>
internal sealed class JobSignals
{
    private readonly ConcurrentDictionary<JobId, ImmutableArray<JobSubscription>> _jobs = new();
    private ImmutableArray<JobSubscription> _work = [];

    /// <summary>Subscribes to there being work.</summary>
    public JobSubscription ForWork()
    {
        var subscription = new JobSubscription(gone => ImmutableInterlocked.Update(ref _work, all => all.Remove(gone)));
        ImmutableInterlocked.Update(ref _work, all => all.Add(subscription));
        return subscription;
    }

    /// <summary>Subscribes to changes of a job.</summary>
    public JobSubscription For(JobId id)
    {
        var subscription = new JobSubscription(gone => Remove(id, gone));
        _jobs.AddOrUpdate(id, _ => [subscription], (_, all) => all.Add(subscription));
        return subscription;
    }

    /// <summary>Says that a job has changed, which may mean that there is work.</summary>
    public void Changed(JobId id, JobState state)
    {
        foreach (var subscription in _jobs.GetValueOrDefault(id, []))
        {
            subscription.Wake();
        }

        if (state == JobState.Queued)
        {
            WakeWorkers();
        }
    }

    /// <summary>Says that anything may have changed.</summary>
    public void Everything()
    {
        foreach (var subscription in _jobs.Values.SelectMany(all => all))
        {
            subscription.Wake();
        }

        WakeWorkers();
    }

    private void WakeWorkers()
    {
        foreach (var subscription in _work)
        {
            subscription.Wake();
        }
    }

    private void Remove(JobId id, JobSubscription gone)
    {
        while (_jobs.TryGetValue(id, out var all))
        {
            var rest = all.Remove(gone);
            if (rest.IsEmpty ? _jobs.TryRemove(new(id, all)) : _jobs.TryUpdate(id, rest, all))
            {
                return;
            }
        }
    }
}
