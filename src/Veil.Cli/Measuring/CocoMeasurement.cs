using System.CommandLine;
using System.Globalization;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Errors;
using Veil.Evaluation.Coco;
using Veil.Evaluation.Reports;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Measures a network on originals and, where methods are named, on anonymized pictures; prints a table and writes the report.</summary>
/// <param name="Task">What is measured.</param>
/// <param name="Finding">The detector's options.</param>
/// <param name="Comparison">The methods'.</param>
internal sealed record CocoMeasurement(CocoTaskSettings Task, FindingOptions Finding, ComparisonOptions Comparison)
{
    /// <summary>Runs it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="truth">The annotations.</param>
    /// <param name="decode">Reads a picture.</param>
    /// <param name="asJson">Whether to print JSON.</param>
    /// <param name="cancel">Stops between pictures; what was measured is kept.</param>
    /// <returns>The exit code.</returns>
    public int Run(ParseResult parsed, FileInfo truth, Func<string, PixelBuffer> decode, bool asJson, CancellationToken cancel)
    {
        var started = DateTimeOffset.Now;
        var treatments = Comparison.Treatments(parsed, Catalogues.MethodsWith(LicenceOption.ReadStore(parsed)));
        var folder = Comparison.Folder(parsed);
        if (treatments.Count > 0 && folder is null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Comparing methods makes a report, but no folder was named for it.", "Say where it goes: -o DIR");
        }

        using var session = CocoSession.Open(parsed, Task, Finding, new CocoRequest(truth, treatments, pictures => treatments.Count == 0 ? [] : Comparison.Kinds(parsed, pictures.Kinds), Comparison.Regions(parsed), folder), cancel);
        CocoResult result;
        using (var line = new WorkLine())
        {
            result = session.Run(decode, line, cancel);
        }

        if (folder is not null)
        {
            ReportWriter.Write(session.Report(result, TypedCommand.Provenance(parsed, session.Inputs, session.Models, started)), result.ToJson(), folder);
        }

        Print(result, asJson, folder);
        return result.LeftOut.Count > 0 || result.Rows.Any(row => row.State == CocoRowState.Failed) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static void Print(CocoResult result, bool asJson, DirectoryInfo? folder)
    {
        if (asJson)
        {
            Console.Out.WriteLine(result.ToJson().GetRawText());
            return;
        }

        Console.Out.WriteLine($"{result.Pictures} pictures, {result.Objects} to find");
        Table.Write(
            ["anonymized", "method", "AP", "±", "difference", "±", "AP50", "AP75", "AR"],
            result.Rows.Select(row => new[]
            {
                row.Kind is { } kind ? RegionKinds.NameOf(kind) : "nothing", row.Treatment, row.State == CocoRowState.Measured ? Figure(row.Precision?.Value) : row.Reason!, Figure(row.Precision?.Margin),
                Figure(row.Difference?.Value, "+0.000;-0.000"), Figure(row.Difference?.Margin), Figure(row.Accuracy?.PrecisionAtHalf), Figure(row.Accuracy?.PrecisionAtThreeQuarters), Figure(row.Accuracy?.Recall),
            }));
        foreach (var picture in result.LeftOut)
        {
            Console.Error.WriteLine($"veil: left out everywhere: {picture.Name}: {picture.Reason}");
        }

        if (folder is not null)
        {
            Console.Out.WriteLine("report: " + Path.Combine(folder.ToString(), ReportWriter.Page));
        }
    }

    private static string Figure(double? value, string format = "0.000") => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
