using System.CommandLine;
using Veil.Errors;
using Veil.Imaging;

namespace Veil.Cli.Options;

/// <summary>How results are written.</summary>
internal sealed class EncodingOptions
{
    private readonly Option<string?> _format = new("--format")
    {
        Description = "Write this format (jpeg, png, webp, tiff, gif, avif, bmp) instead of each picture's own.",
        HelpName = "FORMAT",
    };

    private readonly Option<int?> _quality = new("--quality")
    {
        Description = "Quality of lossy formats, 1 to 100. Default: each picture's own.",
        HelpName = "N",
    };

    private readonly Option<EncodeMode> _mode = new("--encode")
    {
        Description = "How much is coded anew: auto keeps every block of a JPEG that no region touches; full codes the whole picture.",
    };

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_quality);
        command.Add(_mode);
    }

    public EncodeOptions Read(ParseResult parsed)
    {
        var options = new EncodeOptions { Format = Format(parsed.GetValue(_format)), Quality = parsed.GetValue(_quality), Mode = parsed.GetValue(_mode) };
        Checked.Require(options);
        return options;
    }

    private static PictureFormat? Format(string? name) => name is null ? null
        : PictureFormats.FromExtension(name) is { } format ? format
        : throw new VeilException(VeilErrorCode.InvalidOption, $"'{name}' is no format that Veil writes.", "Known: " + string.Join(", ", Enum.GetValues<PictureFormat>().Select(known => known.Name())));
}
