using System.CommandLine;
using System.Globalization;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>How found regions become covered pixels.</summary>
internal sealed class CoverageOptions
{
    private static readonly RegionPolicy Defaults = new();

    private readonly Option<float?> _growth = new("--growth")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Growth of each region on every side, as a fraction of its size. Default: {Defaults.Growth}; {RegionPolicy.DefaultGrowth(RegionShape.Face, FacePart.Whole)} for shape face. For eyes a fraction of an eye's width."),
        HelpName = "FRACTION",
    };

    private readonly Option<RegionShape> _shape = new("--shape")
    {
        Description = "Shape of the covered area; face is its contour from jaw to forehead, by a landmark model.",
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
    /// <param name="parsed">The command line.</param>
    /// <param name="chosen">The method, which may cover a part of a face only, and its preset; null where there is none.</param>
    public RegionPolicy Read(ParseResult parsed, ChosenMethod? chosen)
    {
        var start = chosen?.Preset?.Policy ?? Defaults with { Shape = chosen?.Method.Shape ?? Defaults.Shape };
        var policy = start with
        {
            Part = chosen?.Method.Covers ?? Defaults.Part,
            Shape = Said(parsed, _shape) ?? start.Shape,
            SoftEdge = Said(parsed, _softEdge) ?? start.SoftEdge,
        };
        if (parsed.GetValue(_growth) is { } growth)
        {
            policy = policy with { Growth = growth };
        }

        Checked.Require(policy);
        return policy;
    }

    private static T? Said<T>(ParseResult parsed, Option<T> option)
        where T : struct =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
}
