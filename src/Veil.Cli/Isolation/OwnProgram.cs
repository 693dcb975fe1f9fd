using Veil.Cli.Options;
using Veil.Pipeline.Isolation;

namespace Veil.Cli.Isolation;

/// <summary>This program, started once more as a worker.</summary>
internal static class OwnProgram
{
    /// <param name="name">The command's name, of one word or more.</param>
    /// <param name="optionsHash">What it has to agree on.</param>
    public static WorkerCommand AsWorker(string name, string optionsHash)
    {
        var arguments = Environment.GetCommandLineArgs()[1..];

        // Behind the command's name: what follows "--" would be an input.
        var words = name.Split(' ').Length;
        string[] worker = [.. arguments[..words], WorkOptions.WorkerFlag, .. arguments[words..]];
        return With(worker, optionsHash);
    }

    /// <summary>This program, started once more with other arguments.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="optionsHash">What it has to agree on.</param>
    public static WorkerCommand With(IReadOnlyList<string> arguments, string optionsHash)
    {
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("Expected the path of the running program.");
        return Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new WorkerCommand(path, [Path.Combine(AppContext.BaseDirectory, "veil.dll"), .. arguments], optionsHash)
            : new WorkerCommand(path, arguments, optionsHash);
    }
}
