using System.CommandLine;
using Veil.Cli.Output;
using Veil.Detection;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil detectors [ID]</c>: what can find regions here.</summary>
internal static class DetectorsCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("detector") { Description = "Show this detector's options, and what it lacks here.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("detectors", "List the detectors, and which of them can run here, or one detector's options.") { id };
        command.SetAction(parsed =>
        {
            var store = ModelStore.Default();
            var onnx = Catalogues.Onnx(store);
            var catalog = Catalogues.Detectors(onnx, store);
            if (parsed.GetValue(id) is { } name)
            {
                Show(catalog.Find(name), store);
                return ExitCode.Done;
            }

            var chosen = onnx.Default();
            var defaults = new DefaultDetectors(onnx, catalog, store);
            Table.Write(
                ["detector", "finds", "here", "what it is"],
                catalog.All.Select(detector => new[]
                {
                    detector.Id, string.Join(", ", detector.Kinds.Select(RegionKinds.NameOf)),
                    DefaultDetectors.WhyNot(detector, store) is not null ? "no" : detector.Kinds.Any(kind => defaults.For(kind, DetectionEffort.Standard).Detector.Id == detector.Id) ? "default" : "yes",
                    detector.Summary,
                }));
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Default for faces because: {chosen.Reason}. {chosen.Hint}".TrimEnd());
            if (chosen.Films is { } films)
            {
                Console.Out.WriteLine($"In films: {films.Detector.Id}, because: {films.Reason}.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(DetectorDescriptor detector, ModelStore store)
    {
        Console.Out.WriteLine($"{detector.Id}: {detector.Summary}");
        Console.Out.WriteLine(DefaultDetectors.WhyNot(detector, store) is { } error ? $"Cannot run here: {error.Message} {error.Hint}".TrimEnd() : "Can run here.");
        var options = DetectorTuningBinder.Describe(detector);
        if (options.Count > 0)
        {
            Console.Out.WriteLine();
            OptionTable.Write("--detector-set", options);
        }
    }
}
