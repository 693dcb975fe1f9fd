using Veil.Pipeline;

namespace Veil.Evaluation.Reports;

/// <summary>How a result came about. Immutable.</summary>
/// <param name="Command">The command as it was typed, ready to be typed again.</param>
/// <param name="Options">Every option in force, by name.</param>
/// <param name="Inputs">What was measured on.</param>
/// <param name="Models">The models that took part.</param>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Started">When the report's command was started.</param>
/// <param name="Elapsed">How long that took; less than the whole where it went on from an earlier start.</param>
public sealed record Provenance(
    string Command, IReadOnlyDictionary<string, string> Options, IReadOnlyList<MeasuredInput> Inputs, IReadOnlyList<ReportedModel> Models, MachineDescription Machine,
    DateTimeOffset Started, TimeSpan Elapsed)
{
    /// <summary>Veil's own version.</summary>
    public static string Version { get; } = typeof(Provenance).Assembly.GetName().Version?.ToString(3) ?? "";
}
