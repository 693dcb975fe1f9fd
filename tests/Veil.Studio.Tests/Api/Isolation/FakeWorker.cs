using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;
using Veil.Pipeline.Isolation.Sandbox;
using Veil.Studio.Api.Isolation;

namespace Veil.Studio.Tests.Api.Isolation;

/// <summary>
/// A worker that does what the real one does, but for pictures whose width says what shall go wrong. It is this very assembly, started
/// with a variable that says where it tells what it has begun.
/// </summary>
internal static partial class FakeWorker
{
    /// <summary>Crashes as a codec's failed assertion does.</summary>
    public const int Crash = 101;

    /// <summary>Does not return.</summary>
    public const int Hang = 102;

    /// <summary>Dies once the result is in its place, before it can say so.</summary>
    public const int DieWhenDone = 103;

    /// <summary>Crashes in every process that has done something before.</summary>
    public const int CrashUnlessFresh = 104;

    /// <summary>Dies with half a result written.</summary>
    public const int DieHalfway = 105;

    /// <summary>The file that films wait for.</summary>
    public const string GoOn = "go-on";

    private const int HeldFrame = 5;
    private const string Variable = "VEIL_TEST_API_WORKER";

    /// <summary>How to start it.</summary>
    /// <param name="folder">Where it leaves a file <c>PID</c> when it begins to hang.</param>
    public static WorkerCommand Command(string folder) => new("dotnet", [typeof(FakeWorker).Assembly.Location], AnonymizingWorker.Options)
    {
        Environment = new Dictionary<string, string>(WorkerEnvironment.WithoutSecrets()) { [Variable] = folder },
    };

    [ModuleInitializer]
    internal static void WorkWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            SelfRestriction.Begin();

            // On a thread that keeps the process alive: others wait for this initializer to return.
            new Thread(() => Run(folder)) { IsBackground = false }.Start();
        }
    }

    private static void Run(string folder) => WorkerStreams.Run((input, output) =>
    {
        var done = 0;
        WorkerLoop.Serve(input, output, AnonymizingWorker.Options, beat => new AnonymizingWorker(now => Hold(now, folder, beat)), (worker, planned, order) =>
        {
            switch (WidthOf(planned.Item.Path))
            {
                case Crash:
                case CrashUnlessFresh when done > 0:
                    Abort();
                    break;
                case Hang:
                    File.WriteAllText(Path.Combine(folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), "");
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case DieWhenDone:
                    worker.Process(planned, order!);
                    _ = Raise(9);
                    break;
                case DieHalfway:
                    File.WriteAllText(TemporaryFile.For(planned.Target!), "half");
                    _ = Raise(9);
                    break;
                default:
                    break;
            }

            done++;
            return worker.Process(planned, order!);
        });
    });

    /// <summary>Films wait at their fifth frame for a file, so that whoever looks sees them under way however fast the machine is.</summary>
    private static void Hold(ItemProgress now, string folder, Action<ItemProgress> beat)
    {
        do
        {
            beat(now);
        }
        while (now.Done == HeldFrame && !File.Exists(Path.Combine(folder, GoOn)) && Waited());
    }

    private static bool Waited()
    {
        Thread.Sleep(100);
        return true;
    }

    // Of a PNG.
    private static int WidthOf(string path)
    {
        var start = new byte[24];
        using var file = File.OpenRead(path);
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(16));
    }

    [LibraryImport("libc", EntryPoint = "abort")]
    private static partial void Abort();

    [LibraryImport("libc", EntryPoint = "raise")]
    private static partial int Raise(int signal);
}
