using System.Globalization;
using System.Text.RegularExpressions;

namespace Veil.Studio.Measuring;

/// <summary>How far a measurement is, as its program says it in lines.</summary>
/// <param name="Percent">0..100.</param>
/// <param name="Step">What it is doing.</param>
/// <param name="Left">How long the rest will take, in words; empty while nobody knows.</param>
internal sealed partial record MeasurementProgress(int Percent, string Step, string Left)
{
    /// <summary>Before the first line.</summary>
    public static MeasurementProgress None { get; } = new(0, "", "");

    /// <summary>Reads a line; null when it says something else.</summary>
    public static MeasurementProgress? Read(string line)
    {
        var match = Line().Match(line);
        return match.Success
            ? new MeasurementProgress(int.Parse(match.Groups["share"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["step"].Value, match.Groups["left"].Value)
            : null;
    }

    [GeneratedRegex(@"^ *(?<share>[0-9]{1,3}) %  (?<step>.*?)(?: · (?<left>[^·]+) left on this machine)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Line();
}
