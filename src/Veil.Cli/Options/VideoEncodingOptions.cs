using System.CommandLine;
using System.Globalization;
using Veil.Errors;
using Veil.Video.Files;

namespace Veil.Cli.Options;

/// <summary>Which part of a video is done, and how it is encoded.</summary>
internal sealed class VideoEncodingOptions
{
    private static readonly string[] TimeFormats = [@"m\:s", @"m\:s\.FFFFFF", @"h\:m\:s", @"h\:m\:s\.FFFFFF"];

    private readonly Option<string?> _encoder = new("--encoder")
    {
        Description = "Video encoder by ffmpeg's name, e.g. libx265 or h264_nvenc. Default: one of the input's codec family.",
        HelpName = "NAME",
    };

    private readonly Option<int?> _crf = new("--crf")
    {
        Description = "Video quality on the encoder's own scale; lower is better. Default: near the input's.",
        HelpName = "N",
    };

    private readonly Option<string?> _preset = new("--encoder-preset")
    {
        Description = "The encoder's preset, e.g. fast. Default: its medium.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _start = new("--start")
    {
        Description = "Begin a video's output here: seconds, or hours:minutes:seconds.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _end = new("--end")
    {
        Description = "End a video's output here, in the input's time.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _rate = new("--fps")
    {
        Description = "Frames per second of a video's output, e.g. 12.5 or 30000/1001. Default: every frame, at its exact time.",
        HelpName = "RATE",
    };

    public void AddTo(Command command)
    {
        command.Add(_encoder);
        command.Add(_crf);
        command.Add(_preset);
        command.Add(_start);
        command.Add(_end);
        command.Add(_rate);
    }

    public VideoOptions Read(ParseResult parsed)
    {
        var options = new VideoOptions
        {
            Encoder = parsed.GetValue(_encoder),
            Crf = parsed.GetValue(_crf),
            Preset = parsed.GetValue(_preset),
            Start = Time(parsed.GetValue(_start), "--start"),
            End = Time(parsed.GetValue(_end), "--end"),
            FrameRate = parsed.GetValue(_rate) is { } rate
                ? FrameRate.Parse(rate)
                    ?? throw new VeilException(VeilErrorCode.InvalidOption, $"--fps expects frames per second, above 0 and up to 1000, but received '{rate}'.", "E.g. 25, 29.97 or 30000/1001.")
                : null,
        };
        options.Check();
        return options;
    }

    /// <summary>The options of a run, for its report and for knowing it again.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(VideoOptions options)
    {
        yield return new("video.encoder", options.Encoder ?? "as the input");
        yield return new("video.crf", options.Crf?.ToString(CultureInfo.InvariantCulture) ?? "near the input");
        yield return new("video.encoder-preset", options.Preset ?? "the encoder's medium");
        yield return new("video.start", options.Start?.ToString("c", CultureInfo.InvariantCulture) ?? "as the input");
        yield return new("video.end", options.End?.ToString("c", CultureInfo.InvariantCulture) ?? "as the input");
        yield return new("video.fps", options.FrameRate?.ToString() ?? "as the input");
    }

    private static TimeSpan? Time(string? text, string option)
    {
        const double longest = 366 * 24 * 3600.0;
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= longest)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return TimeSpan.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, out var time)
            ? time
            : throw new VeilException(VeilErrorCode.InvalidOption, $"{option} expects a time, but received '{text}'.", "E.g. 90, 1:30 or 0:01:30.5.");
    }
}
