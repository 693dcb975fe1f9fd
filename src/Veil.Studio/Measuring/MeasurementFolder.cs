using System.Text.Json;
using System.Text.Json.Serialization;
using Veil.Evaluation.Reports;

namespace Veil.Studio.Measuring;

/// <summary>Where measurements are kept, for their owner alone: a folder each, with what was asked, what was measured, and the report.</summary>
/// <param name="root">The folder of all of them.</param>
internal sealed class MeasurementFolder(string root)
{
    private const string Record = "measurement.json";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() }, WriteIndented = true };

    /// <summary>Files of a report that may be fetched.</summary>
    public static IReadOnlyList<string> ReportFiles { get; } = [ReportWriter.Page, ReportWriter.Workbook, ReportWriter.Json];

    /// <summary>Where a measurement's program writes.</summary>
    public string Report(string id) => Path.Combine(Folder(id), "report");

    /// <summary>Whether the report can be read.</summary>
    public bool HasReport(string id) => File.Exists(Path.Combine(Report(id), ReportWriter.Page));

    /// <summary>All that are kept. One that was running when the studio ended is stopped.</summary>
    public IReadOnlyList<Measurement> ReadAll() => !Directory.Exists(root) ? [] :
    [
        .. Directory.EnumerateDirectories(root).Select(folder => Path.Combine(folder, Record)).Where(File.Exists)
            .Select(file => JsonSerializer.Deserialize<Measurement>(File.ReadAllBytes(file), Json)!)
            .Select(one => one.State == MeasurementState.Running ? one with { State = MeasurementState.Stopped } : one),
    ];

    /// <summary>Keeps a measurement as it stands.</summary>
    public void Write(Measurement measurement)
    {
        PrivateFolder.Ensure(root);
        PrivateFolder.Ensure(Folder(measurement.Id));
        PrivateFolder.Ensure(Report(measurement.Id));
        PrivateFile.Write(Path.Combine(Folder(measurement.Id), Record), file => JsonSerializer.Serialize(file, measurement, Json));
    }

    /// <summary>Deletes a measurement with everything that was measured.</summary>
    public void Delete(string id)
    {
        if (Directory.Exists(Folder(id)))
        {
            Directory.Delete(Folder(id), recursive: true);
        }
    }

    private string Folder(string id) => Path.Combine(root, id);
}
