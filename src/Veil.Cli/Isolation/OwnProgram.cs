using Veil.Cli.Options;
using Veil.Pipeline.Isolation;

namespace Veil.Cli.Isolation;

/// <summary>This program, started once more as a worker with the same command line.</summary>
internal static class OwnProgram
{
    public static WorkerCommand AsWorker(string optionsHash)
    {
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("Expected the path of the running program.");
        var arguments = Environment.GetCommandLineArgs()[1..];

        // Behind the command's name: what follows "--" would be an input.
        string[] worker = [arguments[0], WorkOptions.WorkerFlag, .. arguments[1..]];
        return Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new WorkerCommand(path, [Path.Combine(AppContext.BaseDirectory, "veil.dll"), .. worker], optionsHash)
            : new WorkerCommand(path, worker, optionsHash);
    }
}
