using System.Text;

namespace Veil.Imaging.Metadata.Inspection;

/// <summary>Collects traces: bounded, in readable text, none twice.</summary>
internal sealed class TraceList
{
    private const int Most = 2000;
    private const int LongestValue = 300;
    private readonly List<MetadataTrace> _traces = [];
    private readonly HashSet<MetadataTrace> _known = [];

    /// <summary>What was found, the gravest first.</summary>
    public IReadOnlyList<MetadataTrace> Traces => [.. _traces.OrderByDescending(trace => trace.Severity).ThenBy(trace => trace.Kind)];

    /// <summary>True when no more is taken.</summary>
    public bool IsFull => _traces.Count >= Most;

    public void Add(TraceKind kind, string where, string name, string value, TraceSeverity? severity = null)
    {
        var trace = new MetadataTrace(kind, severity ?? TraceSeverities.Of(kind), where, Readable(name), Readable(value));
        if (!IsFull && _known.Add(trace))
        {
            _traces.Add(trace);
        }
    }

    /// <summary>Text from bytes: UTF-8 where it is that, Latin-1 otherwise.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        // A few more than are shown, so that a cut is seen; and no letter of UTF-8 cut in two.
        bytes = bytes[..Math.Min(bytes.Length, 4 * LongestValue)];
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.Latin1.GetString(bytes) : text;
    }

    private static string Readable(string text)
    {
        // What a terminal would take for a command or a change of direction is not shown.
        var clean = new string([.. text.Take(4 * LongestValue).Select(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format ? ' ' : letter)]).Trim();
        return clean.Length <= LongestValue ? clean : clean[..LongestValue] + "…";
    }
}
