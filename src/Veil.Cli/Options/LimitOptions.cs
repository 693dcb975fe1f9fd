using System.CommandLine;
using Veil.Imaging;

namespace Veil.Cli.Options;

/// <summary>How large an input may be.</summary>
internal sealed class LimitOptions
{
    private static readonly PictureLimits Defaults = PictureLimits.Default;

    private readonly Option<long> _pixels = new("--max-pixels") { Description = "Most pixels of a picture, all frames together.", DefaultValueFactory = _ => Defaults.MaxPixels };
    private readonly Option<int> _dimension = new("--max-dimension") { Description = "Most pixels of a side.", DefaultValueFactory = _ => Defaults.MaxDimension };
    private readonly Option<int> _frames = new("--max-frames") { Description = "Most frames or pages.", DefaultValueFactory = _ => Defaults.MaxFrames };
    private readonly Option<long> _bytes = new("--max-file-bytes") { Description = "Largest file.", DefaultValueFactory = _ => Defaults.MaxFileBytes };

    public void AddTo(Command command)
    {
        command.Add(_pixels);
        command.Add(_dimension);
        command.Add(_frames);
        command.Add(_bytes);
    }

    public PictureLimits Read(ParseResult parsed)
    {
        var limits = new PictureLimits
        {
            MaxPixels = parsed.GetValue(_pixels),
            MaxDimension = parsed.GetValue(_dimension),
            MaxFrames = parsed.GetValue(_frames),
            MaxFileBytes = parsed.GetValue(_bytes),
        };
        Checked.Require(limits);
        return limits;
    }
}
