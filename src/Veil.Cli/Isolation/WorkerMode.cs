using Veil.Cli.Runs;
using Veil.Pipeline.Isolation;

namespace Veil.Cli.Isolation;

/// <summary>What the program does as a worker.</summary>
internal static class WorkerMode
{
    public static int Run(RunRequest request)
    {
        WorkerStreams.Run((input, output) => WorkerLoop.Serve(input, output, request.OptionsHash, request.CreatePipeline));
        return ExitCode.Done;
    }
}
