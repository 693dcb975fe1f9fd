using System.CommandLine;
using Veil.Pipeline;

namespace Veil.Cli.Options;

/// <summary>What every command over many pictures takes: inputs, output, workers, report.</summary>
internal sealed class RunOptions
{
    private readonly Argument<string[]> _inputs = new("inputs")
    {
        Description = "Pictures, videos, folders (searched to any depth), or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Output folder, file, or - for standard output.",
        HelpName = "PATH",
    };

    private readonly Option<int> _jobs = new("--jobs", "-j")
    {
        Description = "Pictures and videos worked on at a time; of fewer videos, frames.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<bool> _force = new("--force", "-f")
    {
        Description = "Overwrite outputs that are there already.",
    };

    private readonly Option<bool> _dryRun = new("--dry-run", "-n")
    {
        Description = "Find regions and say what would be done; write nothing.",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Where the JSON run report goes; - for standard output. Default: veil-report.json in the output folder.",
        HelpName = "FILE",
    };

    private readonly WorkOptions _work = new();

    private readonly Option<FileInfo?> _options = OptionsFile.Option();

    private readonly RunInputs _kind;

    public RunOptions(RunInputs kind = RunInputs.Named)
    {
        _kind = kind;
        _jobs.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > 256)
        {
            result.AddError("Option '--jobs' expects a number from 1 to 256.");
        }
    });
    }

    public void AddTo(Command command)
    {
        if (_kind == RunInputs.Named)
        {
            command.Add(_inputs);
            command.Add(_force);
            command.Add(_report);
        }

        command.Add(_output);
        command.Add(_jobs);
        command.Add(_dryRun);
        _work.AddTo(command);
        command.Add(_options);
    }

    public RunSettings Read(ParseResult parsed) => Values(parsed) with { Words = [.. parsed.Tokens.Select(token => token.Value)] };

    private RunSettings Values(ParseResult parsed) => _kind == RunInputs.Dataset
        ? new([], parsed.GetValue(_output), parsed.GetValue(_jobs), OverwritePolicy.Replace, parsed.GetValue(_dryRun) ? RunMode.DryRun : RunMode.Write, null, _work.Read(parsed))
        : new(
        parsed.GetValue(_inputs)!, parsed.GetValue(_output), parsed.GetValue(_jobs),
        parsed.GetValue(_force) ? OverwritePolicy.Replace : OverwritePolicy.Refuse,
        parsed.GetValue(_dryRun) ? RunMode.DryRun : RunMode.Write,
        parsed.GetValue(_report),
        _work.Read(parsed));
}

/// <summary>What a run's inputs are.</summary>
internal enum RunInputs
{
    /// <summary>Files and folders that the user names.</summary>
    Named,

    /// <summary>The pictures of a dataset: names and formats stay, and the output folder is the run's alone.</summary>
    Dataset,
}

/// <summary>Whether a run writes.</summary>
internal enum RunMode
{
    Write,
    DryRun,
}

/// <summary>The values of <see cref="RunOptions"/>.</summary>
internal sealed record RunSettings(IReadOnlyList<string> Inputs, string? Output, int Jobs, OverwritePolicy Existing, RunMode Mode, string? Report, WorkSettings Work)
{
    /// <summary>The words of the command line and of its options file.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Who looks at a film's frames beside its worker, so that few films keep all jobs busy; nobody where other processes do the work.</summary>
    public FurtherSearchers? FurtherSearchers(OutputPlan plan, RegionFinder finder) =>
        Work.Place == WorkPlace.ThisProcess ? Pipeline.FurtherSearchers.ForRun(Jobs, plan.Items.Count, finder.CreateProvider) : null;
}
