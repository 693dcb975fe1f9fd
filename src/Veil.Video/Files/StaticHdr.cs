using System.Globalization;
using System.Text.Json;
using Veil.Video.Ffmpeg;

namespace Veil.Video.Files;

/// <summary>What HDR10 says about a whole film: the screen it was made on, and how bright it gets. Raw frames do not carry it.</summary>
/// <param name="MasteringDisplay">Chromaticities in 0.00002 and luminances in 0.0001 cd/m², as x265 writes them; empty when unknown.</param>
/// <param name="LightLevel">Largest and mean light level, cd/m², with a comma; empty when unknown.</param>
internal sealed record StaticHdr(string MasteringDisplay, string LightLevel)
{
    private const string Perceptual = "smpte2084";

    /// <summary>Reads it from the first frame.</summary>
    /// <param name="probe">The film.</param>
    /// <param name="cancellationToken">Stops the process.</param>
    /// <returns>Null where there is none; only films with the transfer function of HDR10 are looked at.</returns>
    public static StaticHdr? Read(VideoProbe probe, CancellationToken cancellationToken)
    {
        if (probe.Video is not { Colour.Transfer: Perceptual } video)
        {
            return null;
        }

        using var process = FfmpegProcess.Start(
            FfmpegPrograms.Ffprobe,
            [
                "-v", "error", "-select_streams", video.Index.ToString(CultureInfo.InvariantCulture), "-read_intervals", "%+#1", "-show_frames", "-of", "json",
                .. VideoProbe.InputArguments(probe.Path),
            ]);
        process.Input.Close();
        using var output = new MemoryStream();
        process.Output.CopyToAsync(output, cancellationToken).GetAwaiter().GetResult();
        output.Position = 0;

        // Whatever is wrong with the film, its decoder will say.
        return process.WaitForExit(cancellationToken) == 0 ? Parse(output) : null;
    }

    /// <summary>x265's parameters for it.</summary>
    public IEnumerable<string> X265Parameters()
    {
        if (MasteringDisplay.Length > 0)
        {
            yield return "master-display=" + MasteringDisplay;
        }

        if (LightLevel.Length > 0)
        {
            yield return "max-cll=" + LightLevel;
        }
    }

    private static StaticHdr? Parse(Stream output)
    {
        using var json = JsonDocument.Parse(output);
        var (display, light) = ("", "");
        foreach (var data in json.RootElement.GetProperty("frames").EnumerateArray()
            .Where(frame => frame.TryGetProperty("side_data_list", out _)).SelectMany(frame => frame.GetProperty("side_data_list").EnumerateArray()))
        {
            if (data.TryGetProperty("max_luminance", out _) && data.TryGetProperty("white_point_x", out _))
            {
                display = $"G({Pair("green")})B({Pair("blue")})R({Pair("red")})WP({Pair("white_point")})L({Scaled("max_luminance", 10000)},{Scaled("min_luminance", 10000)})";
            }
            else if (data.TryGetProperty("max_content", out var most) && data.TryGetProperty("max_average", out var mean))
            {
                light = $"{most.GetRawText()},{mean.GetRawText()}";
            }

            string Pair(string name) => $"{Scaled(name + "_x", 50000)},{Scaled(name + "_y", 50000)}";

            string Scaled(string name, int scale) => Math.Round(VideoProbe.Ratio(data.GetProperty(name).GetString()!) * scale).ToString(CultureInfo.InvariantCulture);
        }

        return display.Length > 0 || light.Length > 0 ? new StaticHdr(display, light) : null;
    }
}
