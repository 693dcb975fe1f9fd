using System.CommandLine;
using Veil.Video.Files;

namespace Veil.Cli.Options;

/// <summary>How videos are encoded.</summary>
internal sealed class VideoEncodingOptions
{
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

    public void AddTo(Command command)
    {
        command.Add(_encoder);
        command.Add(_crf);
        command.Add(_preset);
    }

    public VideoOptions Read(ParseResult parsed) => new()
    {
        Encoder = parsed.GetValue(_encoder),
        Crf = parsed.GetValue(_crf),
        Preset = parsed.GetValue(_preset),
    };
}
