using System.CommandLine;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Detection;
using Veil.Onnx.Models;

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
            Table.Write(
                ["detector", "here", "what it finds"],
                catalog.All.Select(detector => new[]
                {
                    detector.Id, detector.Id == chosen.Detector.Id ? "default" : DefaultDetectors.WhyNot(detector, store) is null ? "yes" : "no", detector.Summary,
                }));
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Default because: {chosen.Reason}. {chosen.Hint}".TrimEnd());
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
            Table.Write(
                ["option (--detector-set)", "type", "range", "default", "meaning"],
                options.Select(option => new[] { option.Name, option.Type, option.Range, option.Default, option.Description }));
        }
    }
}
