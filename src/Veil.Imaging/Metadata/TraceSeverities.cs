namespace Veil.Imaging.Metadata;

/// <summary>How far each kind of trace usually identifies somebody.</summary>
internal static class TraceSeverities
{
    public static TraceSeverity Of(TraceKind kind) => kind switch
    {
        TraceKind.Place or TraceKind.Name or TraceKind.Thumbnail or TraceKind.MakerNote or TraceKind.Provenance or TraceKind.Trailing => TraceSeverity.High,
        TraceKind.Device or TraceKind.Time or TraceKind.Text or TraceKind.Private => TraceSeverity.Medium,
        TraceKind.Software or TraceKind.Profile => TraceSeverity.Low,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Expected a known kind."),
    };
}
