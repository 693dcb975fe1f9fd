using Veil.Errors;
using Veil.Pipeline.Sharding;

namespace Veil.Tests.Pipeline.Sharding;

public sealed class ShardEnvironmentTests
{
    [Fact]
    public void Without_a_scheduler_there_is_no_shard() => Assert.Null(Find(""));

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=9 SLURM_ARRAY_TASK_COUNT=10 SLURM_ARRAY_TASK_STEP=1", "1/10")]
    [InlineData("SLURM_ARRAY_TASK_ID=9 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=9 SLURM_ARRAY_TASK_COUNT=10 SLURM_ARRAY_TASK_STEP=1", "10/10")]
    [InlineData("SLURM_ARRAY_TASK_ID=17 SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_MAX=23 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_STEP=6", "3/4")]
    [InlineData("SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_MIN=4 SLURM_ARRAY_TASK_MAX=4 SLURM_ARRAY_TASK_COUNT=1", "1/1")]
    [InlineData("JOB_COMPLETION_INDEX=0 JOB_COMPLETIONS=3", "1/3")]
    [InlineData("JOB_COMPLETION_INDEX=2 JOB_COMPLETIONS=3", "3/3")]
    public void A_scheduler_names_the_shard(string environment, string shard) => Assert.Equal(shard, Find(environment)!.Value.Shard.ToString());

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_STEP=1", "even steps")]
    [InlineData("SLURM_ARRAY_TASK_ID=7", "SLURM_ARRAY_TASK_MIN")]
    [InlineData("SLURM_ARRAY_TASK_ID=x SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=9 SLURM_ARRAY_TASK_COUNT=10", "'x'")]
    [InlineData("JOB_COMPLETION_INDEX=2", "JOB_COMPLETIONS")]
    [InlineData("JOB_COMPLETION_INDEX=3 JOB_COMPLETIONS=3", "one less")]
    [InlineData("JOB_COMPLETION_INDEX=0 JOB_COMPLETIONS=3 SLURM_ARRAY_TASK_ID=1", "Both")]
    public void What_cannot_be_understood_is_an_error_that_says_what_to_do(string environment, string because)
    {
        var error = Assert.Throws<VeilException>(() => Find(environment));

        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains(because, error.Message + error.Hint, StringComparison.Ordinal);
        Assert.Contains("--shard", error.Hint, StringComparison.Ordinal);
    }

    private static ScheduledShard? Find(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return ShardEnvironment.Find(variables.GetValueOrDefault);
    }
}
