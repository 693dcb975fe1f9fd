using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Tests.Pipeline.Isolation.Sandbox;

/// <summary>A worker that tries what its order says, as a codec would that has been taken over, and tells how it went.</summary>
internal static partial class ProbingWorker
{
    public const string Options = "probe";
    public const string Succeeded = "succeeded";

    /// <summary>The program, started as this worker.</summary>
    public static WorkerCommand Command { get; } = new("dotnet", [typeof(ProbingWorker).Assembly.Location, Options], Options);

    public static void Run()
    {
        SelfRestriction.Begin();
        WorkerStreams.Run((input, output) => WorkerLoop.Serve(input, output, Options, _ => new Nothing(), (_, planned, order) => Process(planned, order!)));
    }

    private static ItemResult Process(PlannedItem planned, string order)
    {
        var said = Succeeded;
        try
        {
            Try(planned, order[..order.IndexOf(' ', StringComparison.Ordinal)], order[(order.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            said = $"{error.GetType().Name}: {error.Message}";
        }

        // Done is what left a file behind.
        if (!File.Exists(planned.Target))
        {
            File.WriteAllText(planned.Target!, "");
        }

        return new ItemResult(planned.Item, planned.Target, ItemStatus.Done) { Notes = [said] };
    }

    private static void Try(PlannedItem planned, string what, string with)
    {
        switch (what)
        {
            case "work":
                File.WriteAllText(planned.Target!, File.ReadAllText(planned.Item.Path) + " hidden");
                break;
            case "fail-with-path":
                throw new InvalidOperationException($"{planned.Item.Path} and {planned.Target}");
            case "read":
                File.ReadAllBytes(with);
                break;
            case "list":
                Directory.GetFileSystemEntries(with);
                break;
            case "write":
                File.WriteAllText(with, "taken over");
                break;
            case "write-beside-result":
                File.WriteAllText(Path.Combine(Path.GetDirectoryName(planned.Target!)!, "..", with), "taken over");
                break;
            case "write-input":
                File.WriteAllText(planned.Item.Path, "taken over");
                break;
            case "link-input":
                Check(Link(planned.Item.Path, Path.Combine(Path.GetDirectoryName(planned.Target!)!, with)));
                break;
            case "delete":
                File.Delete(with);
                break;
            case "rights" when !OperatingSystem.IsWindows():
                File.SetUnixFileMode(with, UnixFileMode.OtherRead | UnixFileMode.UserRead | UnixFileMode.UserWrite);
                break;
            case "tcp":
                using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
                {
                    socket.Connect(IPAddress.Loopback, int.Parse(with, CultureInfo.InvariantCulture));
                }

                break;
            case "udp":
                using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
                {
                    socket.SendTo("taken over"u8, new IPEndPoint(IPAddress.Loopback, int.Parse(with, CultureInfo.InvariantCulture)));
                }

                break;
            case "unix":
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Connect(new UnixDomainSocketEndPoint(with));
                }

                break;
            case "listen":
                using (var listener = new TcpListener(IPAddress.Loopback, 0))
                {
                    listener.Start();
                }

                break;
            case "run":
                using (var process = System.Diagnostics.Process.Start(new ProcessStartInfo(with)))
                {
                    process!.WaitForExit();
                }

                break;
            case "signal":
                // One that nobody minds.
                Check(Kill(int.Parse(with, CultureInfo.InvariantCulture), 18));
                break;
            case "trace":
                Check((int)Trace(0, 0, 0, 0));
                break;
            case "namespace":
                Check(Unshare(0x10000000));
                break;
            case "threads":
                // Several at a time, some of them new.
                Parallel.ForEach(Enumerable.Range(0, 64), new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ => File.ReadAllBytes(planned.Item.Path));
                new Thread(() => File.ReadAllBytes(planned.Item.Path)).Start();
                break;
            default:
                throw new ArgumentException("Expected a known attempt.");
        }
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new IOException($"error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    private static partial nint Trace(nint request, nint process, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int what);

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
