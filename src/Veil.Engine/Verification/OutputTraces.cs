using Veil.Engine.Inspection;
using Veil.Evaluation.Verification.Checks;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Pipeline.Verification;
using Veil.Regions;
using Veil.Video.Files;

namespace Veil.Engine.Verification;

/// <summary>What an output holds beside its pixels, judged by what it may hold.</summary>
internal static class OutputTraces
{
    /// <summary>The traces of a file that are worth telling.</summary>
    /// <param name="path">The output.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="rule">What it may hold.</param>
    /// <param name="cancel">Stops ffprobe.</param>
    public static IReadOnlyList<FileTrace> Of(string path, PictureLimits limits, MetadataRule rule, CancellationToken cancel)
    {
        if (VideoMedia.IsVideo(path))
        {
            // A cover is a picture that the film shows, and compared like its frames.
            return Judge(FilmTraces.Of(VideoInspector.Inspect(path, cancel)).Where(trace => trace.Kind != TraceKind.Thumbnail), rule);
        }

        return Judge(PictureFile.Inspect(path, limits).Traces, rule);
    }

    private static List<FileTrace> Judge(IEnumerable<MetadataTrace> traces, MetadataRule rule) =>
        [.. traces.Where(trace => trace.Kind != TraceKind.Profile).Select(trace => new FileTrace(trace.Where, trace.Name, RegionJson.NameOf(trace.Kind), Tone(trace, rule)))];

    private static FindingTone Tone(MetadataTrace trace, MetadataRule rule) => (trace.Kind, rule) switch
    {
        (TraceKind.Thumbnail or TraceKind.MakerNote or TraceKind.Trailing, _) => FindingTone.Failed,
        (_, MetadataRule.All) => trace.Severity == TraceSeverity.High ? FindingTone.Doubtful : FindingTone.Note,
        (TraceKind.Time, MetadataRule.SafeWithDay) => FindingTone.Note,
        (TraceKind.Time, MetadataRule.Safe) => FindingTone.Failed,
        (_, MetadataRule.Safe or MetadataRule.SafeWithDay) when trace.Kind == TraceKind.Device && trace.Severity != TraceSeverity.High => FindingTone.Note,
        (_, MetadataRule.Auto) => trace.Severity switch { TraceSeverity.High => FindingTone.Failed, TraceSeverity.Medium => FindingTone.Doubtful, _ => FindingTone.Note },
        _ => trace.Severity == TraceSeverity.Low ? FindingTone.Note : FindingTone.Failed,
    };
}
