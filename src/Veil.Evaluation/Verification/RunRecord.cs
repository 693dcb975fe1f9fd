using System.Globalization;
using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>What a run's report says about itself: <c>veil-report.json</c>. Outputs of other programs have none. Immutable.</summary>
/// <param name="Path">Where the report is; empty for none.</param>
/// <param name="Options">Every option of the run, by name.</param>
/// <param name="Items">What became of each input, by its name in the report.</param>
public sealed record RunRecord(string Path, IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, RecordedItem> Items)
{
    /// <summary>What reports say of a format or quality that was not changed.</summary>
    public const string AsTheInput = "as the input";

    /// <summary>What a run calls its report, in the folder of its outputs.</summary>
    public const string FileName = "veil-report.json";

    /// <summary>No report.</summary>
    public static RunRecord None { get; } = new("", new Dictionary<string, string>(), new Dictionary<string, RecordedItem>());

    /// <summary>True when there is a report.</summary>
    public bool IsKnown => Path.Length > 0;

    /// <summary>Ids of the detectors that made the run.</summary>
    public IReadOnlyList<string> Detectors =>
        [.. Options.Where(option => option.Key is "detector" or "detector.films" || option.Key.EndsWith(".detector", StringComparison.Ordinal) || option.Key.EndsWith(".detector.films", StringComparison.Ordinal)).SelectMany(option => option.Value.Split('+')).Concat(Origins).Distinct()];

    /// <summary>The detectors that regions name: those of a regions file that was applied are in no option.</summary>
    private IEnumerable<string> Origins => Items.Values.SelectMany(item => item.Frames ?? []).SelectMany(frame => frame.Regions)
        .Where(region => region.Origin is { Source: RegionSource.Detector, Name.Length: > 0 }).Select(region => region.Origin.Name).Distinct();

    /// <summary>True when some people were left clear on purpose.</summary>
    public bool SparesPeople => Options.ContainsKey("people") || Options.ContainsKey("people-listed");

    /// <summary>
    /// How regions became covered pixels. Reports hold no masks and dense points, so that what was shaped by them is taken for the
    /// box around, with room: no more than that was touched.
    /// </summary>
    public RegionPolicies Policies
    {
        get
        {
            const float room = 0.25f;
            return new RegionPolicies(RegionKinds.All.ToDictionary(kind => kind, kind =>
            {
                var usual = RegionPolicy.For(kind);
                var (growth, soft) = (Number(kind, "growth") ?? usual.Growth, Number(kind, "soft-edge") ?? usual.SoftEdge);
                return Text(kind, "shape") switch
                {
                    "ellipse" => new RegionPolicy { Shape = RegionShape.Ellipse, Growth = growth, SoftEdge = soft },
                    "box" => new RegionPolicy { Shape = RegionShape.Box, Growth = growth, SoftEdge = soft },
                    _ => new RegionPolicy { Shape = RegionShape.Box, Growth = Math.Min(2, growth + room), SoftEdge = soft },
                };
            }));
        }
    }

    /// <summary>Reads the report beside outputs.</summary>
    /// <param name="output">A folder of outputs, or one output.</param>
    /// <param name="named">A report that the user names; null looks for one.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>: it is there and cannot be read.</exception>
    public static RunRecord Find(string output, string? named)
    {
        var path = named ?? System.IO.Path.Combine(Directory.Exists(output) ? output : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(output))!, FileName);
        if (named is null && !File.Exists(path))
        {
            return None;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(path, json.RootElement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"The run report '{path}' cannot be read: {error.Message}", "Take it out of the folder to verify without it, or name another with --run-report.", error);
        }
    }

    /// <summary>What the run promised to keep of an output outside its regions.</summary>
    /// <param name="item">The item.</param>
    public OutputFidelity FidelityOf(RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Fidelity(item.Format, Options.GetValueOrDefault("encode", ""), Options.GetValueOrDefault("format", ""), Options.GetValueOrDefault("quality", ""), item.Notes);
    }

    /// <summary>What an output keeps outside its regions, by the options it was written with.</summary>
    /// <param name="format">Name of the original's format.</param>
    /// <param name="encode">The mode: <c>auto</c> or <c>full</c>.</param>
    /// <param name="target">The output's format, or <c>as the input</c>.</param>
    /// <param name="quality">Its quality, or <c>as the input</c>.</param>
    /// <param name="notes">What the run noted about the item.</param>
    public static OutputFidelity Fidelity(string format, string encode, string target, string quality, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var written = target is AsTheInput or "" ? format : target;
        return written switch
        {
            "png" or "bmp" => OutputFidelity.Exact,
            "jpeg" when format == "jpeg" && encode == "auto" && quality == AsTheInput && !notes.Any(note => note.StartsWith("coded anew", StringComparison.Ordinal)) => OutputFidelity.Exact,
            "jpeg" or "gif" or "avif" or "video" => OutputFidelity.CodedAnew,
            _ => OutputFidelity.Unknown,
        };
    }

    private static RunRecord Read(string path, JsonElement root)
    {
        var options = root.GetProperty("options").EnumerateObject().ToDictionary(option => option.Name, option => option.Value.GetString() ?? "");
        var items = new Dictionary<string, RecordedItem>(StringComparer.Ordinal);
        foreach (var item in root.GetProperty("items").EnumerateArray())
        {
            var frames = item.TryGetProperty("frames", out _) && item.TryGetProperty("width", out _) ? RegionsDocumentReader.ReadFrames(item) : null;
            items[item.GetProperty("file").GetString()!] = new RecordedItem(
                item.GetProperty("status").GetString()!, item.TryGetProperty("format", out var format) ? format.GetString()! : "", frames,
                item.TryGetProperty("notes", out var notes) ? [.. notes.EnumerateArray().Select(note => note.GetString()!)] : []);
        }

        return new RunRecord(path, options, items);
    }

    private string? Text(RegionKind kind, string name) => Options.GetValueOrDefault(RegionKinds.NameOf(kind) + "." + name) ?? Options.GetValueOrDefault(name);

    private float? Number(RegionKind kind, string name) => float.TryParse(Text(kind, name), CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What a run's report says about one input.</summary>
/// <param name="Status"><c>done</c>, <c>failed</c> or <c>not-a-picture</c>.</param>
/// <param name="Format">The original's format; empty when unknown.</param>
/// <param name="Frames">Regions of each frame; null where the report has none, as of films.</param>
/// <param name="Notes">What was noted.</param>
public sealed record RecordedItem(string Status, string Format, IReadOnlyList<FrameRegions>? Frames, IReadOnlyList<string> Notes);
