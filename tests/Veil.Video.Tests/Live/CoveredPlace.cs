using System.Net;
using System.Net.Sockets;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Video.Ffmpeg;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

/// <summary>Clips in which one place, always the same, is to be covered, and a look at whether it is.</summary>
internal static class CoveredPlace
{
    public const int Width = 160;
    public const int Height = 120;
    private static readonly PixelRect Covered = new(60, 40, 100, 80);

    // Encoders blur the edge, most of all where a grey frame is followed by another.
    private static readonly PixelRect Black = new(64, 44, 96, 76);

    /// <summary>Finds the place in every frame and blackens it.</summary>
    public static LiveTreatment Treatment { get; } = MarkedFrames.Treatment(() => new Somebody());

    /// <summary>Makes a clip, clip.mp4, 25 frames a second.</summary>
    public static async Task<string> ClipAsync(TemporaryFolder folder, int seconds)
    {
        await FfmpegAsync("-f", "lavfi", "-i", $"testsrc2=size={Width}x{Height}:rate=25:duration=1", "-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p", folder["second.mp4"]);
        await FfmpegAsync("-stream_loop", $"{seconds - 1}", "-i", folder["second.mp4"], "-c", "copy", folder["clip.mp4"]);
        return folder["clip.mp4"];
    }

    /// <summary>Runs ffmpeg and returns what it writes.</summary>
    public static async Task<byte[]> FfmpegAsync(params string[] arguments)
    {
        using var process = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg, ["-v", "error", "-nostdin", .. arguments]);
        using var output = new MemoryStream();
        await process.Output.CopyToAsync(output);
        process.WaitForExit(CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>The place is black in every frame, or the frame is grey all over.</summary>
    public static async Task AssertSafeAsync(string path)
    {
        var frames = await FfmpegAsync("-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode", "passthrough", "pipe:1");
        Assert.True(frames.Length >= Width * Height, $"{path} has no frame");
        for (var start = 0; start < frames.Length; start += Width * Height)
        {
            var frame = frames[start..(start + (Width * Height))];
            var isGrey = frame.Max() - frame.Min() < 20;
            for (var y = Black.Top; y < Black.Bottom && !isGrey; y++)
            {
                for (var x = Black.Left; x < Black.Right; x++)
                {
                    Assert.True(frame[(y * Width) + x] < 60, $"pixel {x}, {y} of frame {start / (Width * Height)} of {path} is {frame[(y * Width) + x]}");
                }
            }
        }
    }

    /// <summary>A port that nobody has.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Somebody : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) =>
            [new Region(Box.Of(Covered), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector, "test"))];

        public void Dispose()
        {
        }
    }
}
