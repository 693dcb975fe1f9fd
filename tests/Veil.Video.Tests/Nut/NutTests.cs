using System.Diagnostics;
using Veil.Video.Nut;

namespace Veil.Video.Tests.Nut;

public sealed class NutTests
{
    private const int FrameBytes = 640 * 360 * 3 / 2;

    [FfmpegFact]
    public void What_ffmpeg_writes_is_read_with_exact_times_and_what_is_written_ffmpeg_reads_alike()
    {
        // Black frames begin like an elided header does; every third frame is dropped, so that the rate varies.
        using var file = new MemoryStream(Ffmpeg("-f lavfi -i color=black:s=640x360:r=30000/1001:d=1,format=yuv420p,select=mod(n\\,3) -fps_mode passthrough -enc_time_base -1 -c:v rawvideo -f nut -", []));
        var reader = new NutReader(file);
        using var copy = new MemoryStream();
        var writer = new NutWriter(copy, reader.Header);
        var frame = new byte[FrameBytes];
        var times = new List<TimeSpan>();
        while (reader.ReadFrame(frame, out var pts))
        {
            times.Add(reader.Header.TimeBase.Time(pts));
            frame[0] = (byte)(100 + times.Count);
            writer.WriteFrame(frame, pts);
        }

        Assert.Equal(20, times.Count);
        Assert.Equal([0, 1, 3, 4], times.Take(4).Select(time => (int)Math.Round(time.TotalSeconds * 30000 / 1001)));
        var raw = Ffmpeg("-f nut -i - -c:v rawvideo -fps_mode passthrough -f rawvideo -", copy.ToArray());
        Assert.Equal(20 * FrameBytes, raw.Length);
        Assert.Equal(101, raw[0]);
        Assert.Equal(120, raw[19 * FrameBytes]);
        var back = new NutReader(new MemoryStream(copy.ToArray()));
        foreach (var time in times)
        {
            Assert.True(back.ReadFrame(frame, out var pts));
            Assert.Equal(time, back.Header.TimeBase.Time(pts));
        }

        Assert.False(back.ReadFrame(frame, out _));
    }

    [FfmpegFact]
    public void Broken_and_short_files_are_refused()
    {
        var file = Ffmpeg("-f lavfi -i testsrc=s=640x360:r=5:d=1,format=yuv420p -c:v rawvideo -f nut -", []);
        var frame = new byte[FrameBytes];
        Assert.Throws<NutFormatException>(() => new NutReader(new MemoryStream("nothing"u8.ToArray())));
        Assert.Throws<NutFormatException>(() => new NutReader(new MemoryStream(file[..60])));
        var cut = new NutReader(new MemoryStream(file[..^(FrameBytes / 2)]));
        Assert.Throws<NutFormatException>(() =>
        {
            while (cut.ReadFrame(frame, out _))
            {
            }
        });
        Assert.Throws<NutFormatException>(() => new NutReader(new MemoryStream(file)).ReadFrame(new byte[10], out _));
        var altered = file.ToArray();
        altered[40] ^= 1;
        Assert.Throws<NutFormatException>(() => new NutReader(new MemoryStream(altered)));
    }

    [FfmpegTheory]
    [InlineData(0)]
    [InlineData(-7)]
    [InlineData(127)]
    [InlineData(1L << 40)]
    public void Any_time_comes_back(long pts)
    {
        var header = new NutReader(new MemoryStream(Ffmpeg("-f lavfi -i color=s=640x360:r=5:d=0.2,format=yuv420p -c:v rawvideo -f nut -", []))).Header;
        using var file = new MemoryStream();
        new NutWriter(file, header).WriteFrame(new byte[FrameBytes], pts);
        file.Position = 0;
        Assert.True(new NutReader(file).ReadFrame(new byte[FrameBytes], out var back));
        Assert.Equal(pts, back);
    }

    private static byte[] Ffmpeg(string arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", "-v error " + arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var writing = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        writing.Wait();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}
