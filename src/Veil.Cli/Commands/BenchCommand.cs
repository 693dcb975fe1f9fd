using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Veil.Anonymization;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Errors;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil bench DIR</c>: throughput of anonymizing, as a ratio to decoding, one detection and encoding alone.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "A folder of sound pictures." };
        var jobs = new Option<int>("--jobs", "-j") { Description = "Workers.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each, taken in turn.", DefaultValueFactory = _ => 3 };
        var detectorId = new Option<string?>("--detector", "-d") { Description = "Detector; default: the best one present.", HelpName = "ID" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var method = new MethodChoice();
        var command = new Command("bench", "Measure throughput beside its floor: decoding, one detection and encoding, with nothing else.") { folder, jobs, rounds, detectorId, json };
        method.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(jobs) is < 1 or > 256 || parsed.GetValue(rounds) is < 1 or > 1000)
            {
                throw new VeilException(VeilErrorCode.InvalidOption, "--jobs expects 1 to 256, and --rounds 1 to 1000.");
            }

            var store = ModelStore.Default();
            var onnx = Catalogues.Onnx(store);
            var detector = parsed.GetValue(detectorId) is { } id ? Catalogues.Detectors(onnx, store).Find(id) : onnx.Default().Detector;
            detector.EnsureUsable();
            var chosen = method.Read(parsed, Catalogues.Methods, [RegionKind.Face]);
            var results = Directory.CreateTempSubdirectory("veil-bench-");
            try
            {
                var plan = OutputPlan.Create([parsed.GetValue(folder)!], null);
                var items = plan.Items.Where(item => Imaging.PictureFile.Sniff(item.Item.Path) is not null)
                    .Select((item, index) => item with { Target = Path.Combine(results.FullName, index.ToString(CultureInfo.InvariantCulture)) }).ToList();
                if (items.Count == 0)
                {
                    throw new VeilException(VeilErrorCode.UnreadableInput, "There is no picture in that folder.");
                }

                var described = chosen[RegionKind.Face].Method;
                var landmarker = described.Needs.HasFlag(MethodNeeds.FacePoints) || described.Shape == RegionShape.Face ? Catalogues.Landmarkers(store).Default : null;
                var policy = described.PolicyFor(RegionKind.Face);
                var bench = new ThroughputBench(items, parsed.GetValue(jobs), detector, landmarker, policy, chosen.Create());
                Write(items.Count, parsed.GetValue(jobs), detector.Id, chosen[RegionKind.Face].Method.Id, await bench.MeasureAsync(parsed.GetValue(rounds), cancel).ConfigureAwait(false), parsed.GetValue(json));
                return ExitCode.Done;
            }
            finally
            {
                results.Delete(recursive: true);
            }
        });
        return command;
    }

    private static void Write(int pictures, int jobs, string detector, string method, IReadOnlyList<(double Floor, double Anonymize)> rounds, bool json)
    {
        var floor = pictures / Median(rounds.Select(round => round.Floor));
        var anonymize = pictures / Median(rounds.Select(round => round.Anonymize));
        var ratio = Median(rounds.Select(round => round.Floor / round.Anonymize));
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { pictures, jobs, detector, method, rounds = rounds.Count, floorPerSecond = floor, anonymizePerSecond = anonymize, ratioToFloor = ratio }));
            return;
        }

        Table.Write(
            ["", "pictures/s", "ratio to the floor"],
            [
                [$"floor: decode + {detector} + encode, {jobs} workers", floor.ToString("F2", CultureInfo.InvariantCulture), "1.00"],
                [$"anonymize --method {method}, {jobs} workers", anonymize.ToString("F2", CultureInfo.InvariantCulture), ratio.ToString("F2", CultureInfo.InvariantCulture)],
            ]);
        Console.Out.WriteLine($"{pictures} pictures, medians of {rounds.Count} rounds taken in turn; the ratio is the median of the rounds' ratios.");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
