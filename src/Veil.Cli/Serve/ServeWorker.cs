using Veil.Studio.Api.Isolation;

namespace Veil.Cli.Serve;

/// <summary>What the program does as a worker of a server.</summary>
internal static class ServeWorker
{
    public static int Run()
    {
        AnonymizingWorker.Run();
        return ExitCode.Done;
    }
}
