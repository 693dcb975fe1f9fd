using System.CommandLine;
using System.Text.Json;
using Veil.Engine.Inspection;
using Veil.Cli.Output;
using Veil.Errors;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Video.Files;

namespace Veil.Cli.Commands;

/// <summary><c>veil inspect FILE…</c>: what in a picture or video, beside what it shows, can identify somebody.</summary>
internal static class InspectCommand
{
    private const int LongestValueInTable = 80;

    public static Command Create()
    {
        var inputs = new Argument<string[]>("inputs") { Description = "Pictures, videos, or folders (searched to any depth).", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Write JSON instead of tables." };
        var failOn = new Option<string[]>("--fail-on")
        {
            Description = "Exit with 1 when a file has traces of these kinds, with commas between them: " + string.Join(", ", Kinds()) + ", or any.",
            HelpName = "KINDS",
        };
        var command = new Command("inspect", "Show everything in files, beside their pixels, that can identify somebody; of videos, what ffprobe knows.") { inputs, json, failOn };
        command.SetAction((parsed, cancel) =>
        {
            var unwanted = Unwanted(parsed.GetValue(failOn) ?? []);
            return Task.FromResult(Run(parsed.GetValue(inputs)!, parsed.GetValue(json) ? Format.Json : Format.Table, unwanted, cancel));
        });
        return command;
    }

    private static int Run(IReadOnlyList<string> inputs, Format format, HashSet<TraceKind> unwanted, CancellationToken cancel)
    {
        var (failed, found) = (false, false);
        using var json = format == Format.Json ? new JsonReport() : null;
        foreach (var (item, _) in OutputPlan.Create(inputs, output: null).Items)
        {
            cancel.ThrowIfCancellationRequested();
            InspectedFile inspected;
            try
            {
                inspected = Inspect(item, cancel);
            }
            catch (VeilException error) when (error.Code == VeilErrorCode.NotAPicture && item.Origin == MediaItemOrigin.Found)
            {
                continue;
            }
            catch (VeilException error)
            {
                Console.Error.WriteLine($"veil: {item.Name}: {error.Message}");
                failed = true;
                continue;
            }

            found |= inspected.Traces.Any(trace => unwanted.Contains(trace.Kind));
            if (json is null)
            {
                WriteTable(item, inspected);
            }
            else
            {
                json.Add(item, inspected);
            }
        }

        return failed || found ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static InspectedFile Inspect(MediaItem item, CancellationToken cancel)
    {
        if (item.Path != MediaItem.StandardInput && VideoMedia.IsVideo(item.Path))
        {
            var contents = VideoInspector.Inspect(item.Path, cancel);
            return new InspectedFile("video: " + contents.Format, new FileInfo(item.Path).Length, FilmTraces.Of(contents));
        }

        var picture = PictureFile.Inspect(item.Path, PictureLimits.Default);
        return new InspectedFile(picture.Format.Name(), picture.Bytes, picture.Traces);
    }

    private static IEnumerable<string> Kinds() => Enum.GetValues<TraceKind>().Select(RegionJson.NameOf);

    private static HashSet<TraceKind> Unwanted(IEnumerable<string> kinds)
    {
        var unwanted = new HashSet<TraceKind>();
        foreach (var kind in kinds.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (kind == "any")
            {
                // The colour profile is kept on purpose and would fail every file.
                unwanted.UnionWith(Enum.GetValues<TraceKind>().Where(known => known != TraceKind.Profile));
            }
            else if (Enum.GetValues<TraceKind>().Cast<TraceKind?>().FirstOrDefault(known => RegionJson.NameOf(known!.Value) == kind) is { } found)
            {
                unwanted.Add(found);
            }
            else
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"--fail-on knows no '{kind}'.", "Known: any, " + string.Join(", ", Kinds()));
            }
        }

        return unwanted;
    }

    private static void WriteTable(MediaItem item, InspectedFile inspected)
    {
        Console.Out.WriteLine($"{item.Name} ({inspected.Format}, {inspected.Bytes} bytes): {(inspected.Traces.Count == 0 ? "nothing found" : Plural.Of(inspected.Traces.Count, "trace"))}");
        if (inspected.Traces.Count > 0)
        {
            Table.Write(
                ["  severity", "kind", "where", "field", "value"],
                inspected.Traces.Select(trace => new[] { "  " + RegionJson.NameOf(trace.Severity), RegionJson.NameOf(trace.Kind), trace.Where, trace.Name, Cut(trace.Value) }));
            Console.Out.WriteLine();
        }
    }

    private static string Cut(string value) => value.Length <= LongestValueInTable ? value : value[..LongestValueInTable] + "…";

    private sealed record InspectedFile(string Format, long Bytes, IReadOnlyList<MetadataTrace> Traces);

    private enum Format
    {
        Table,
        Json,
    }

    /// <summary>Writes the report to standard output as files come; it ends with the run, even one that fails.</summary>
    private sealed class JsonReport : IDisposable
    {
        private readonly Stream _output = Console.OpenStandardOutput();
        private readonly Utf8JsonWriter _json;

        public JsonReport()
        {
            _json = new Utf8JsonWriter(_output, new JsonWriterOptions { Indented = true });
            _json.WriteStartObject();
            _json.WriteString("format", "veil-inspection");
            _json.WriteNumber("version", 1);
            _json.WriteStartArray("files");
        }

        public void Add(MediaItem item, InspectedFile inspected)
        {
            _json.WriteStartObject();
            _json.WriteString("file", item.Name);
            _json.WriteString("format", inspected.Format);
            _json.WriteNumber("bytes", inspected.Bytes);
            _json.WriteStartArray("traces");
            foreach (var trace in inspected.Traces)
            {
                _json.WriteStartObject();
                _json.WriteString("kind", RegionJson.NameOf(trace.Kind));
                _json.WriteString("severity", RegionJson.NameOf(trace.Severity));
                _json.WriteString("where", trace.Where);
                _json.WriteString("field", trace.Name);
                _json.WriteString("value", trace.Value);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
            _json.WriteEndObject();
            _json.Flush();
        }

        public void Dispose()
        {
            _json.WriteEndArray();
            _json.WriteEndObject();
            _json.Dispose();
            _output.Write("\n"u8);
            _output.Dispose();
        }
    }
}
