using System.Globalization;
using Veil.Errors;

namespace Veil.Pipeline.Sharding;

/// <summary>A shard, and who said so.</summary>
/// <param name="Shard">The part.</param>
/// <param name="Source">The scheduler, in words.</param>
public readonly record struct ScheduledShard(Shard Shard, string Source);

/// <summary>Which shard a scheduler has started this process for.</summary>
public static class ShardEnvironment
{
    /// <summary>Number of completions of an indexed Kubernetes job; Kubernetes sets the index only, so the job's template has to set this one.</summary>
    public const string KubernetesCompletions = "JOB_COMPLETIONS";

    private const string KubernetesIndex = "JOB_COMPLETION_INDEX";
    private const string SlurmTask = "SLURM_ARRAY_TASK_ID";
    private const string AskFor = "Say which part this is with --shard, e.g. --shard 3/10, or --shard 1/1 for the whole.";

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">Value of an environment variable; null where it is not set.</param>
    /// <returns>Null where no scheduler has set one.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: what is set cannot be understood.</exception>
    public static ScheduledShard? Find(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var (slurm, kubernetes) = (variable(SlurmTask) is { Length: > 0 }, variable(KubernetesIndex) is { Length: > 0 });
        return (slurm, kubernetes) switch
        {
            (true, true) => throw new VeilException(VeilErrorCode.InvalidOption, $"Both {SlurmTask} and {KubernetesIndex} are set: which part of the run this is cannot be told.", AskFor),
            (true, false) => Slurm(variable),
            (false, true) => Kubernetes(variable),
            _ => null,
        };
    }

    // --array=5-23:6 has the tasks 5, 11, 17 and 23.
    private static ScheduledShard Slurm(Func<string, string?> variable)
    {
        var (task, first, last) = (Number(variable, SlurmTask), Number(variable, "SLURM_ARRAY_TASK_MIN"), Number(variable, "SLURM_ARRAY_TASK_MAX"));
        var (count, step) = (Number(variable, "SLURM_ARRAY_TASK_COUNT"), Math.Max(1, Number(variable, "SLURM_ARRAY_TASK_STEP", 1)));
        if (count is < 1 or > Shard.Most || last - first != (count - 1) * step || (task - first) % step != 0 || task < first || task > last)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                string.Create(CultureInfo.InvariantCulture, $"Expected a Slurm array in even steps, but it has {count} tasks from {first} to {last} in steps of {step}, of which this is {task}."),
                "To repeat single tasks of an array, keep the number of shards: --shard \"$SLURM_ARRAY_TASK_ID/10\" for one that was --array=1-10. " + AskFor);
        }

        return new ScheduledShard(new Shard((int)((task - first) / step) + 1, (int)count), "the Slurm array");
    }

    private static ScheduledShard Kubernetes(Func<string, string?> variable)
    {
        if (variable(KubernetesCompletions) is not { Length: > 0 })
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"{KubernetesIndex} is set, but not how many completions the job has.",
                $"Set {KubernetesCompletions} in the job's template to the value of spec.completions, as deploy/kubernetes/job.yaml does. " + AskFor);
        }

        var (index, count) = (Number(variable, KubernetesIndex), Number(variable, KubernetesCompletions));
        if (count is < 1 or > Shard.Most || index < 0 || index >= count)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                string.Create(CultureInfo.InvariantCulture, $"Expected {KubernetesIndex} from 0 to one less than {KubernetesCompletions}, but they are {index} and {count}."), AskFor);
        }

        return new ScheduledShard(new Shard((int)index + 1, (int)count), "the Kubernetes job");
    }

    private static long Number(Func<string, string?> variable, string name, long? otherwise = null)
    {
        var text = variable(name);
        if (string.IsNullOrEmpty(text) && otherwise is { } value)
        {
            return value;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a number in {name}, but received '{text}'.", AskFor);
    }
}
