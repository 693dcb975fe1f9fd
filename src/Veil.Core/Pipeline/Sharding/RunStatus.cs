namespace Veil.Pipeline.Sharding;

/// <summary>What is going on with a shard.</summary>
public enum ShardActivity
{
    /// <summary>Nobody has begun with it.</summary>
    Waiting,

    /// <summary>A process works on it.</summary>
    Working,

    /// <summary>A process has begun with it and has been silent for long: it was killed, or its machine is gone.</summary>
    Stale,

    /// <summary>A process has worked on it and ended before it was finished.</summary>
    Stopped,

    /// <summary>Each of its items is done or has failed.</summary>
    Finished,
}

/// <summary>How a shard stands.</summary>
/// <param name="Shard">Which.</param>
/// <param name="Items">Its items.</param>
/// <param name="Done">Items that are done.</param>
/// <param name="Failed">Items that failed.</param>
/// <param name="Activity">What is going on with it.</param>
/// <param name="Holder">Who works on it, or did when it fell silent; null for nobody.</param>
public sealed record ShardStatus(Shard Shard, long Items, long Done, long Failed, ShardActivity Activity, LeaseRecord? Holder)
{
    /// <summary>Items that nobody has finished yet.</summary>
    public long Left => Items - Done - Failed;

    /// <summary>Items a second since the process at work began; 0 where none is, or nothing is known yet.</summary>
    public double Rate => Activity == ShardActivity.Working && Holder is { Finished: > 0 } holder && holder.Beat > holder.Started
        ? holder.Finished / (holder.Beat - holder.Started).TotalSeconds
        : 0;
}

/// <summary>How a run stands over all its shards.</summary>
/// <param name="Manifest">What it consists of.</param>
/// <param name="Shards">Its shards, in order.</param>
/// <param name="IsClosed">Whether it was merged.</param>
public sealed record RunStatus(RunManifest Manifest, IReadOnlyList<ShardStatus> Shards, bool IsClosed)
{
    /// <summary>A shard whose process has been silent for so long counts as stale.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Items that are done.</summary>
    public long Done => Shards.Sum(shard => shard.Done);

    /// <summary>Items that failed.</summary>
    public long Failed => Shards.Sum(shard => shard.Failed);

    /// <summary>Items that nobody has finished yet.</summary>
    public long Left => Shards.Sum(shard => shard.Left);

    /// <summary>Items a second, over all shards at work.</summary>
    public double Rate => Shards.Sum(shard => shard.Rate);

    /// <summary>How long it takes at this rate; null where that cannot be told.</summary>
    public TimeSpan? Remaining => Left == 0 ? TimeSpan.Zero : Rate > 0 ? TimeSpan.FromSeconds(Math.Min(Left / Rate, TimeSpan.MaxValue.TotalSeconds / 2)) : null;

    /// <summary>Reads all journals and leases; holds nobody up.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="time">The clock, which is compared with those of the machines at work to tell who is stale.</param>
    /// <exception cref="Errors.VeilException">Something cannot be read.</exception>
    public static RunStatus Read(RunFolder folder, RunManifest manifest, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(time);
        return new RunStatus(manifest, [.. Shard.All(manifest.Header.Shards).Select(One)], File.Exists(folder.Report));

        ShardStatus One(Shard shard)
        {
            using var results = ShardResults.Read(folder.Journal(shard), shard, manifest.Items);
            var holder = LeaseRecord.TryRead(folder.Lease(shard));
            var activity = holder is { HasEnded: false } && time.GetUtcNow() - holder.Beat < Patience ? ShardActivity.Working
                : results.Left == 0 && (results.HasBegun || results.Share == 0) ? ShardActivity.Finished
                : holder is not null ? ShardActivity.Stale
                : results.HasBegun ? ShardActivity.Stopped
                : ShardActivity.Waiting;
            return new ShardStatus(shard, results.Share, results.Done, results.Failed, activity, holder);
        }
    }
}
