using System.Security.Cryptography;
using System.Text;
using Veil.Cli.Options;
using Veil.Pipeline;

namespace Veil.Cli.Runs;

/// <summary>A run over many pictures, ready to start.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Settings">Workers, report, overwriting.</param>
/// <param name="Plan">Inputs and targets.</param>
/// <param name="CreatePipeline">Makes one worker's pipeline, which calls what it is given after each frame.</param>
internal sealed record RunRequest(string Command, RunSettings Settings, OutputPlan Plan, Func<Action<ItemProgress>, IItemProcessor> CreatePipeline)
{
    /// <summary>Every option that changes the output, for the report and for knowing an interrupted run again.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Stands for what else changes the output but may not be reported; empty for nothing.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Stands for the command, <see cref="Options"/> and <see cref="Fingerprint"/>.</summary>
    public string OptionsHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        Command + "\n" + string.Concat(Options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}\n")) + Fingerprint)));

    /// <summary>The models that take part.</summary>
    public IReadOnlyList<ReportedModel> Models { get; init; } = [];

    /// <summary>What the user should know before the run.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What would make the run better; said, not reported.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>What stands around each worker's pipeline; nothing by default.</summary>
    public Func<IItemProcessor, IItemProcessor> Around { get; init; } = static processor => processor;

    /// <summary>Files that its work reads although no word of the command line names them.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Folders that its work writes into, beside the results.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>Called for each result, one at a time.</summary>
    public Action<ItemResult> Completed { get; init; } = _ => { };
}
