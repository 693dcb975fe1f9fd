using System.CommandLine;
using Veil.Cli.Output;
using Veil.Onnx.Models;

namespace Veil.Cli.Commands;

/// <summary><c>veil detectors</c>: what can find regions here.</summary>
internal static class DetectorsCommand
{
    public static Command Create()
    {
        var command = new Command("detectors", "List the detectors, and which of them can run here.");
        command.SetAction(_ =>
        {
            var store = ModelStore.Default();
            var catalog = Catalogues.Detectors(store);
            var chosen = catalog.Default();
            Table.Write(
                ["detector", "here", "what it finds"],
                catalog.All.Select(detector => new[]
                {
                    detector.Id,
                    detector.Id == chosen.Detector.Id ? "default" : detector.Models.All(id => store.Has(ModelManifest.Find(id))) ? "yes" : "no",
                    detector.Summary,
                }));
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Default because: {chosen.Reason}. {chosen.Hint}".TrimEnd());
            return ExitCode.Done;
        });
        return command;
    }
}
