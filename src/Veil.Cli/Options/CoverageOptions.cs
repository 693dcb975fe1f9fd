using System.CommandLine;
using Veil.Anonymization;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>How found regions become covered pixels.</summary>
internal sealed class CoverageOptions
{
    private static readonly RegionPolicy Defaults = new();

    private readonly Option<float> _growth = new("--growth")
    {
        Description = "Growth of each region on every side, as a fraction of its size.",
        DefaultValueFactory = _ => Defaults.Growth,
    };

    private readonly Option<RegionShape> _shape = new("--shape")
    {
        Description = "Shape of the covered area.",
        DefaultValueFactory = _ => Defaults.Shape,
    };

    private readonly Option<float> _softEdge = new("--soft-edge")
    {
        Description = "Width of the soft edge outside the covered area, as a fraction of its longer side.",
        DefaultValueFactory = _ => Defaults.SoftEdge,
    };

    public void AddTo(Command command)
    {
        command.Add(_growth);
        command.Add(_shape);
        command.Add(_softEdge);
    }

    /// <summary>The policy: what the user said, else what the preset says, else the defaults.</summary>
    public RegionPolicy Read(ParseResult parsed, MethodPreset? preset)
    {
        var start = preset?.Policy ?? Defaults;
        var policy = start with
        {
            Growth = Said(parsed, _growth) ?? start.Growth,
            Shape = Said(parsed, _shape) ?? start.Shape,
            SoftEdge = Said(parsed, _softEdge) ?? start.SoftEdge,
        };
        Checked.Require(policy);
        return policy;
    }

    private static T? Said<T>(ParseResult parsed, Option<T> option)
        where T : struct =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
}
