using System.CommandLine;
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

    public RegionPolicy Read(ParseResult parsed)
    {
        var policy = new RegionPolicy
        {
            Growth = parsed.GetValue(_growth),
            Shape = parsed.GetValue(_shape),
            SoftEdge = parsed.GetValue(_softEdge),
        };
        Checked.Require(policy);
        return policy;
    }
}
