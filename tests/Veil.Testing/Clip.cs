using System.Diagnostics;

namespace Veil.Testing;

/// <summary>Makes films for tests, and looks at them, with ffmpeg.</summary>
public static class Clip
{
    /// <summary>A picture that moves and counts, 192×108, 25 frames a second, two seconds.</summary>
    public const string Source = "-f lavfi -i testsrc2=s=192x108:r=25:d=2";

    /// <summary>Runs ffmpeg to make a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arguments">ffmpeg's, without the output; parted by spaces, or in double quotes.</param>
    /// <returns>The path.</returns>
    public static string Make(string path, string arguments)
    {
        Run("ffmpeg", $"-v error -y {arguments} \"{path}\"");
        return path;
    }

    /// <summary>What ffprobe says, without headings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="entries">What to show.</param>
    /// <param name="streams">Which streams.</param>
    public static string Probe(string path, string entries, string streams = "v:0") =>
        Run("ffprobe", $"-v error -select_streams {streams} -show_entries {entries} -of default=nw=1 \"{path}\"");

    /// <summary>Times of all pictures, in order, seconds.</summary>
    public static IReadOnlyList<string> Times(string path) =>
        [.. Run("ffprobe", $"-v error -select_streams v:0 -show_entries packet=pts_time -of csv=p=0 \"{path}\"")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd(','))
            .OrderBy(time => decimal.Parse(time, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>How many pictures of the first stream come out of a decoder that honours edit lists.</summary>
    public static int DecodedFrames(string path) =>
        int.Parse(Run("ffprobe", $"-v error -select_streams v:0 -count_frames -show_entries stream=nb_read_frames -of default=nw=1:nk=1 \"{path}\""), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Hash of the packets of streams, as they are.</summary>
    public static string PacketHash(string path, string map) => Run("ffmpeg", $"-v error -i \"{path}\" -map {map} -c copy -f md5 -");

    /// <summary>The decoded pictures, one after the other, upright.</summary>
    public static byte[] Pixels(string path, string pixelFormat, string more = "") =>
        RunForBytes("ffmpeg", $"-v error -i \"{path}\" -map 0:v:0 {more} -fps_mode passthrough -f rawvideo -pix_fmt {pixelFormat} -");

    /// <summary>Runs a program and returns what it writes.</summary>
    public static string Run(string program, string arguments) => System.Text.Encoding.UTF8.GetString(RunForBytes(program, arguments));

    private static byte[] RunForBytes(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {errors.GetAwaiter().GetResult()}");
        return output.ToArray();
    }
}
