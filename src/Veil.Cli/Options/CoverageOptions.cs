using System.CommandLine;
using System.Globalization;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>How found regions become covered pixels.</summary>
internal sealed class CoverageOptions
{
    private static readonly RegionPolicy Defaults = new();

    private readonly Option<string[]> _growth = new("--growth")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Growth of each region on every side, as a fraction of its size; KIND=FRACTION for one kind. Default: {Defaults.Growth} for faces and heads; {RegionPolicy.DefaultGrowth(RegionShape.Face, FacePart.Whole)} for shape face; {RegionPolicy.For(RegionKind.Body).Growth} for bodies; {RegionPolicy.For(RegionKind.Plate).Growth} for plates and text. For eyes a fraction of an eye's width."),
        HelpName = "[KIND=]FRACTION",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _shape = new("--shape")
    {
        Description = "Shape of the covered area: ellipse, box, outline (the region's own mask or outline), or face (its contour from jaw to forehead, by a landmark model); KIND=SHAPE for one kind. "
            + "Default: ellipse for faces and heads, outline for the others.",
        HelpName = "[KIND=]SHAPE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _softEdge = new("--soft-edge")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Width of the soft edge outside the covered area, as a fraction of its longer side; KIND=FRACTION for one kind. Default: {Defaults.SoftEdge} for faces and heads, {RegionPolicy.For(RegionKind.Body).SoftEdge} for bodies, none for plates and text."),
        HelpName = "[KIND=]FRACTION",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        command.Add(_growth);
        command.Add(_shape);
        command.Add(_softEdge);
    }

    /// <summary>A policy for each kind: what the user said, else what its preset says, else what suits method and kind.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="methods">The methods, which may cover a part of a face only, and their presets; null where there are none.</param>
    public RegionPolicies Read(ParseResult parsed, ChosenMethods? methods)
    {
        var growth = new KindSetting<float>("--growth", parsed.GetValue(_growth) ?? [], Fraction, "a fraction such as 0.3");
        var softEdge = new KindSetting<float>("--soft-edge", parsed.GetValue(_softEdge) ?? [], Fraction, "a fraction such as 0.1");
        var shape = new KindSetting<RegionShape>("--shape", parsed.GetValue(_shape) ?? [], Shape, "a shape out of " + string.Join(", ", Enum.GetValues<RegionShape>().Select(RegionJson.NameOf)));
        return new RegionPolicies(RegionKinds.All.ToDictionary(
            kind => kind, kind => Coverage.For(kind, methods?.Find(kind), growth.For(kind), shape.For(kind), softEdge.For(kind))));
    }

    private static float? Fraction(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value : null;

    private static RegionShape? Shape(string text)
    {
        foreach (var shape in Enum.GetValues<RegionShape>())
        {
            if (RegionJson.NameOf(shape).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return shape;
            }
        }

        return null;
    }
}
