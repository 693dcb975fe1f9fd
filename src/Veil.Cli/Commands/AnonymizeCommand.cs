using System.CommandLine;
using Veil.Cli.Options;

namespace Veil.Cli.Commands;

/// <summary><c>veil anonymize</c>: pictures in, the same pictures with everybody covered out.</summary>
internal static class AnonymizeCommand
{
    public static Command Create()
    {
        var command = new Command("anonymize", "Find people in pictures and cover them.");
        var (rendering, finding) = (new RenderingOptions(), new FindingOptions());
        rendering.AddTo(command);
        finding.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var chosen = rendering.Read(parsed);
            var finder = rendering.Complete(finding.Read(parsed, chosen.Chosen.Preset), chosen, parsed, LicenceOption.ReadStore(parsed));
            return chosen.RunAsync("anonymize", finder, cancel);
        });
        return command;
    }
}
