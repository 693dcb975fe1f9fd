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

/// <summary>A folder or file that was measured on.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Files">Files in it that took part.</param>
/// <param name="Sha256">Of one line per file in the order of names, ordinal: its path below the folder with slashes, a tab, the hash of its content, a newline. Lower-case hexadecimal.</param>
public sealed record MeasuredInput(string Path, int Files, string Sha256);

/// <summary>A machine, as far as it matters to durations.</summary>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">Logical processors that the program may use.</param>
/// <param name="MemoryBytes">Memory that the program may use.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Runtime">The runtime's name and version.</param>
public sealed record MachineDescription(string Processor, int Cores, long MemoryBytes, string System, string Runtime);
