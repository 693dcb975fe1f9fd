using System.CommandLine;
using Veil.Errors;
using Veil.Imaging.Metadata;

namespace Veil.Cli.Options;

/// <summary>Which metadata of the originals the results carry.</summary>
internal sealed class MetadataOptions
{
    private readonly Option<MetadataLevel> _level = new("--metadata")
    {
        Description = "Metadata that results carry beside the colour profile: none; safe for camera settings without place, names, serial numbers or time; all for every standard field, but never a thumbnail.",
        DefaultValueFactory = _ => MetadataLevel.None,
    };

    private readonly Option<CaptureDate> _date = new("--metadata-date")
    {
        Description = "With --metadata safe: drop the capture time, or keep its day.",
        DefaultValueFactory = _ => CaptureDate.Drop,
    };

    public void AddTo(Command command)
    {
        command.Add(_level);
        command.Add(_date);
    }

    public MetadataPolicy Read(ParseResult parsed)
    {
        var policy = new MetadataPolicy(parsed.GetValue(_level), parsed.GetValue(_date));
        return policy is { Date: CaptureDate.Day, Level: not MetadataLevel.Safe }
            ? throw new VeilException(VeilErrorCode.InvalidOption, "--metadata-date day goes with --metadata safe.", "none keeps no time at all, all keeps it as it is.")
            : policy;
    }
}
