using System.CommandLine;
using Veil.Errors;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Cli.Options;

/// <summary>In which processes items are worked on, and what each may take.</summary>
internal sealed class WorkOptions
{
    /// <summary>Turns the program into a worker of a run that <c>--isolate</c> asks for.</summary>
    public const string WorkerFlag = "--as-worker";

    private readonly Option<bool> _isolate = new("--isolate")
    {
        Description = "Work in processes of their own: a picture that makes a codec crash, hang or take all memory fails alone.",
    };

    private readonly Option<double> _seconds = new("--max-seconds")
    {
        Description = "Most seconds for one picture, or for one frame of a video; 0 for no limit.",
        DefaultValueFactory = _ => 300,
    };

    private readonly Option<int?> _memory = new("--max-memory")
    {
        Description = $"With --isolate: most memory of a process, MiB; 0 for no limit. Default: {DefaultMemory}.",
        HelpName = "MIB",
    };

    private readonly Option<SandboxMode> _sandbox = new("--sandbox")
    {
        Description = "With --isolate. auto: such processes read what the command line names and write nothing but results, open no connections and start no programs but those for films, as far as the kernel can keep them to it; required: nothing is done where it cannot; none: they have your rights.",
        DefaultValueFactory = _ => SandboxMode.Auto,
    };

    private readonly Option<bool> _worker = new(WorkerFlag) { Hidden = true };

    private const int DefaultMemory = 4096;

    public void AddTo(Command command)
    {
        command.Add(_isolate);
        command.Add(_seconds);
        command.Add(_memory);
        command.Add(_sandbox);
        command.Add(_worker);
    }

    public WorkSettings Read(ParseResult parsed)
    {
        var place = parsed.GetValue(_worker) ? WorkPlace.Worker : parsed.GetValue(_isolate) ? WorkPlace.OwnProcesses : WorkPlace.ThisProcess;
        var (seconds, memory) = (parsed.GetValue(_seconds), parsed.GetValue(_memory));
        if (seconds is not (>= 0 and <= 1e6))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"--max-seconds expects 0 to 1,000,000 seconds, but received {seconds}.");
        }

        if (memory is < 0)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"--max-memory expects 0 or more MiB, but received {memory}.");
        }

        if (memory is not null && place == WorkPlace.ThisProcess)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--max-memory limits the processes of --isolate, but there is no --isolate.", "Add --isolate.");
        }

        var sandbox = parsed.GetValue(_sandbox);
        if (sandbox == SandboxMode.Required && place == WorkPlace.ThisProcess)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--sandbox required keeps the processes of --isolate in, but there is no --isolate.", "Add --isolate.");
        }

        var most = memory ?? DefaultMemory;
        return new WorkSettings(place, seconds == 0 ? null : TimeSpan.FromSeconds(seconds), most == 0 ? null : (long)most << 20) { Sandbox = sandbox };
    }
}

/// <summary>In which processes items are worked on.</summary>
internal enum WorkPlace
{
    /// <summary>In this one.</summary>
    ThisProcess,

    /// <summary>In worker processes.</summary>
    OwnProcesses,

    /// <summary>This is a worker process.</summary>
    Worker,
}

/// <summary>The values of <see cref="WorkOptions"/>; null is no limit.</summary>
internal sealed record WorkSettings(WorkPlace Place, TimeSpan? MostTime, long? MostMemory)
{
    /// <summary>What worker processes are kept in.</summary>
    public SandboxMode Sandbox { get; init; }
}
