using System.Runtime.InteropServices;
using Veil.Errors;
using Veil.Identity;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;
using Veil.Regions;

namespace Veil.Tests.Pipeline.Isolation;

/// <summary>A worker whose items say by their names what shall go wrong.</summary>
internal static partial class FakeWorker
{
    public const string Options = "options";
    public static readonly Region Face = new(new Box(1, 2, 3.5f, 4), RegionKind.Face, 0.5f, new RegionOrigin(RegionSource.Detector, "fake"));

    public static void Run()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        WorkerLoop.Serve(input, output, Options, beat => new Processor(output, beat));
    }

    private sealed class Processor(Stream output, Action<ItemProgress> beat) : IItemProcessor
    {
        private readonly List<byte[]> _kept = [];

        public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
        {
            switch (item.Name)
            {
                case "crash":
                    // How a codec's failed assertion ends a process.
                    Abort();
                    break;
                case "leaves half a file":
                    File.WriteAllText(TemporaryFile.For(target!), "half");
                    _ = Raise(9);
                    break;
                case "hang":
                    File.WriteAllText(target!, "begun");
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "film":
                    // Longer than a test's limit, but for its beats.
                    for (var frame = 0; frame < 8; frame++)
                    {
                        Thread.Sleep(520);
                        beat(new ItemProgress(item, frame, 8));
                    }

                    break;
                case "exit":
                    Environment.Exit(7);
                    break;
                case "nonsense":
                    output.Write("printf from a library\n"u8);
                    output.Flush();
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "memory":
                    while (true)
                    {
                        var block = new byte[16 << 20];
                        Array.Fill(block, (byte)1);
                        _kept.Add(block);
                        Thread.Sleep(2);
                    }

                case "lies":
                    return new ItemResult(item, target, ItemStatus.Done);
                case "fails":
                    return new ItemResult(item, target, ItemStatus.Failed) { Error = new ItemError(nameof(VeilErrorCode.CorruptInput), "decode", "half", "") };
                default:
                    break;
            }

            if (target is not null)
            {
                File.WriteAllText(target, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            return new ItemResult(item, target, ItemStatus.Done)
            {
                Info = new MediaInfo("fake", ".fake", 30, 20, 1) { Notes = ["a remark"] },
                Notes = ["a note"],
                Tally = new FrameTally(1, 1, 1, 0) { People = new PersonCounts(1, 2, 3, 4) },
                Frames = [new FrameRegions(0, TimeSpan.Zero, [Face]) { People = new PersonCounts(1, 2, 3, 4) }],
                Times = [new StepTime("open", 1.5)],
            };
        }

        public void Dispose()
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "abort")]
    private static partial void Abort();

    [LibraryImport("libc", EntryPoint = "raise")]
    private static partial int Raise(int signal);
}
