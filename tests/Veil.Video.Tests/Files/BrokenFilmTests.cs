using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Video.Files;

namespace Veil.Video.Tests.Files;

public sealed class BrokenFilmTests : IDisposable
{
    private const string Fast = "-c:v libx264 -preset ultrafast";
    private const int Width = 192;
    private const int Height = 108;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FfmpegTheory]
    [InlineData("mp4", "-c:v libx264 -preset veryfast -g 25 -bf 2")]
    [InlineData("mkv", "-c:v libx264 -preset veryfast -g 25 -bf 2")]
    [InlineData("ts", "-c:v libx264 -preset veryfast -g 25")]
    [InlineData("mkv", "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=25")]
    [InlineData("avi", "-c:v mpeg4 -g 25 -q:v 3")]
    public void Frames_that_did_not_decode_as_they_were_are_covered_whole_and_told(string extension, string codec)
    {
        var sound = Clip.Make(_folder["sound." + extension], $"-f lavfi -i testsrc2=s={Width}x{Height}:r=25:d=8 {codec} -pix_fmt yuv420p");
        var bytes = File.ReadAllBytes(sound);
        for (var i = bytes.Length / 3; i < (bytes.Length / 3) + (extension == "ts" ? 2000 : 200); i++)
        {
            bytes[i] ^= 0x5A;
        }

        var input = _folder.Write("in." + extension, bytes);
        var output = _folder["out." + extension];

        var result = Films.Process(input, output, face: _ => null);

        Films.Succeeds(result);
        Assert.True(result.Tally.Damaged > 0);
        Assert.True(result.Tally.Damaged < result.Tally.Frames);
        Assert.Contains(result.Notes, note => note.Contains($"{result.Tally.Damaged} of {result.Tally.Frames} frames are covered whole", StringComparison.Ordinal));
        var (before, after) = (Clip.Pixels(sound, "gray"), Clip.Pixels(output, "gray"));
        var originals = Frames(before).ToHashSet(StringComparer.Ordinal);
        var decoded = Frames(Clip.Pixels(input, "gray")).ToList();
        const int size = Width * Height;
        Assert.Equal(decoded.Count, after.Length / size);
        for (var i = 0; i < decoded.Count; i++)
        {
            if (!originals.Contains(decoded[i]))
            {
                Assert.True(after.AsSpan(i * size, size).IndexOfAnyExceptInRange((byte)0, (byte)30) < 0, $"damaged frame {i} is seen");
            }
        }
    }

    [FfmpegFact]
    public void A_film_that_breaks_off_gives_what_there_is()
    {
        var bytes = File.ReadAllBytes(Clip.Make(_folder["sound.mkv"], $"{Clip.Source} {Fast}"));
        var input = _folder.Write("in.mkv", bytes.AsSpan(0, bytes.Length / 2));

        var result = Films.Process(input, _folder["out.mkv"]);

        Films.Succeeds(result);
        Assert.InRange(result.Tally.Frames, 5, 49);
        Assert.Contains(result.Notes, note => note.Contains("damaged", StringComparison.Ordinal));
    }

    [FfmpegTheory]
    [InlineData("nothing but text in here, and more of it than a signature has")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:PORT/a.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile http://127.0.0.1:PORT/a.mp4\n")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video PORT RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD><Period><AdaptationSet><Representation><BaseURL>http://127.0.0.1:PORT/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    public void What_names_other_files_or_addresses_is_not_followed(string content)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var path = _folder.Write("in.mp4", Encoding.ASCII.GetBytes(content.Replace("PORT", port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));

        Assert.Equal(nameof(VeilErrorCode.NotAPicture), Films.Process(path, _folder["out.mp4"]).Error!.Code);

        // Even if it were given to the prober.
        Assert.Equal(VeilErrorCode.CorruptInput, Assert.Throws<VeilException>(() => VideoProbe.Read(path, CancellationToken.None)).Code);
        Assert.False(listener.Pending());
        Assert.Equal(["in.mp4"], _folder.Files());
    }

    [DataFact("hostile")]
    public void Hostile_files_are_refused_or_done_and_never_crash()
    {
        var files = Directory.EnumerateFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var videos = files.Where(VideoSignature.IsVideo).Take(10).ToList();
        foreach (var (file, index) in files.Where((_, index) => index % (files.Count / 12) == 0).Concat(videos).Select((file, index) => (file, index)))
        {
            // As if it were one: the signature alone would refuse most.
            Assert.IsType<VeilException>(Record.Exception(() => new VideoSource(VideoProbe.Read(file, CancellationToken.None), null, new VideoOptions()).Dispose()) ?? new VeilException(VeilErrorCode.CorruptInput, ""));
            Films.Process(file, _folder[index + ".mp4"]);
        }
    }

    [FfmpegFact]
    public void A_file_without_pictures_is_refused()
    {
        var input = Clip.Make(_folder["in.mp4"], "-f lavfi -i sine=d=1 -c:a aac");

        Assert.Equal(nameof(VeilErrorCode.UnsupportedFormat), Films.Process(input, _folder["out.mp4"]).Error!.Code);
        Assert.Equal(["in.mp4"], _folder.Files());
    }

    [FfmpegFact]
    public void An_output_that_is_there_is_not_overwritten()
    {
        var input = Clip.Make(_folder["in.mp4"], $"{Clip.Source} {Fast}");
        _folder.Write("out.mp4", "precious"u8);

        Assert.Equal(nameof(VeilErrorCode.OutputExists), Films.Process(input, _folder["out.mp4"]).Error!.Code);
        Assert.Equal("precious", File.ReadAllText(_folder["out.mp4"]));
        Assert.Equal(nameof(VeilErrorCode.InvalidOption), Films.Process(input, MediaItem.StandardInput).Error!.Code);
    }

    [FfmpegTheory]
    [InlineData("showinfo")]
    [InlineData("veil-tmp")]
    public void A_process_that_is_killed_leaves_nothing(string words)
    {
        var input = Clip.Make(_folder["in.mkv"], $"-f lavfi -i testsrc2=s=640x360:r=25:d=8 {Fast}");

        var result = Films.Process(input, _folder["out.mkv"], face: frame =>
        {
            if (frame.Index == 3)
            {
                Kill(words);
            }

            return Films.Face;
        });

        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Equal(["in.mkv"], _folder.Files());
    }

    [FfmpegFact]
    public void Giving_up_leaves_nothing()
    {
        var input = Clip.Make(_folder["in.mkv"], $"-f lavfi -i testsrc2=s=640x360:r=25:d=8 {Fast}");
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Films.Process(
            input, _folder["out.mkv"], cancel: cancel.Token, face: frame =>
            {
                if (frame.Index == 30)
                {
                    cancel.Cancel();
                }

                return Films.Face;
            }));

        Assert.Equal(["in.mkv"], _folder.Files());
        Assert.Empty(Ours(_folder.FullPath));
    }

    [FfmpegFact]
    public void A_full_disk_is_told_and_leaves_nothing()
    {
        Directory.CreateDirectory(_folder["full"]);
        if (!Shell.Run(_folder.FullPath, "mount -t tmpfs -o size=400k tmpfs full"))
        {
            // Only root may mount; elsewhere there is no small disk to fill.
            return;
        }

        try
        {
            var input = Clip.Make(_folder["in.mkv"], $"-f lavfi -i testsrc2=s=640x360:r=25:d=2 -c:v ffv1 -pix_fmt yuv420p");

            var result = Films.Process(input, _folder["full/out.mkv"]);

            Assert.Equal(nameof(VeilErrorCode.EncodeFailed), result.Error!.Code);
            Assert.Contains("No space", result.Error.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(["in.mkv"], _folder.Files());
        }
        finally
        {
            Shell.Run(_folder.FullPath, "umount full");
        }
    }

    private static IEnumerable<string> Frames(byte[] pixels) => Enumerable.Range(0, pixels.Length / (Width * Height))
        .Select(i => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(pixels.AsSpan(i * Width * Height, Width * Height))));

    /// <summary>This test's ffmpeg processes whose command lines hold some words.</summary>
    private static List<int> Ours(string words) =>
    [
        .. Process.GetProcessesByName("ffmpeg").Select(process => process.Id).Where(id =>
        {
            try
            {
                return File.ReadAllText($"/proc/{id}/cmdline").Contains(words, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        }),
    ];

    private void Kill(string words)
    {
        foreach (var id in Ours(words).Intersect(Ours(_folder.FullPath)))
        {
            Process.GetProcessById(id).Kill();
        }
    }
}
