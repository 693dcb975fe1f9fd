using System.Runtime.InteropServices;
using Veil.Cli.Runs;
using Veil.Pipeline.Isolation;

namespace Veil.Cli.Isolation;

/// <summary>What the program does as a worker.</summary>
internal static class WorkerMode
{
    public static int Run(RunRequest request)
    {
        // Ctrl-C goes to every process of the terminal; the parent decides what becomes of this one.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);

        // Standard output speaks the protocol alone.
        using var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        using var input = Console.OpenStandardInput();
        WorkerLoop.Serve(input, output, request.OptionsHash, request.CreatePipeline);
        return ExitCode.Done;
    }
}
