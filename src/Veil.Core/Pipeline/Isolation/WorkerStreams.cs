using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation;

/// <summary>The standard streams of a process that is a worker.</summary>
public static class WorkerStreams
{
    // What a terminal or a service manager sends to every process of a group: the parent decides what becomes of its workers.
    private static readonly PosixSignal[] MeantForTheParent = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    /// <summary>Gives standard input and output to the talk with the parent until it ends; whatever else is written goes to standard error.</summary>
    /// <param name="serve">Takes what comes from the parent and what goes to it.</param>
    public static void Run(Action<Stream, Stream> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        var signals = MeantForTheParent.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToList();
        using var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        using var input = Console.OpenStandardInput();
        serve(input, output);
        signals.ForEach(signal => signal.Dispose());
    }
}
