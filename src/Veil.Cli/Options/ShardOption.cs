using System.CommandLine;
using Veil.Pipeline.Sharding;

namespace Veil.Cli.Options;

/// <summary>Which part of a run this process does.</summary>
internal static class ShardOption
{
    public static Option<string?> Create() => new("--shard")
    {
        Description = "The part of the run that this process does, e.g. 3/10 for the third of ten. Default: what a Slurm array or an indexed Kubernetes job says, otherwise all.",
        HelpName = "I/N",
    };

    /// <summary>What the user said, else what a scheduler says, else all; the scheduler's word is told.</summary>
    public static Shard Read(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is { } said)
        {
            return Shard.Parse(said);
        }

        if (ShardEnvironment.Find(Environment.GetEnvironmentVariable) is not { } found)
        {
            return Shard.Whole;
        }

        Console.Error.WriteLine($"veil: shard {found.Shard}, from {found.Source}; --shard says otherwise.");
        return found.Shard;
    }
}
