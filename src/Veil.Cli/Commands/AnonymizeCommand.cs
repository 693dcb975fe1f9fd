using System.CommandLine;
using Veil.Cli.Options;

namespace Veil.Cli.Commands;

/// <summary><c>veil anonymize</c>: pictures in, the same pictures with everybody covered out.</summary>
internal static class AnonymizeCommand
{
    public static Command Create()
    {
        var command = new Command("anonymize", "Find people in pictures and cover them.");
        var (rendering, finding, tracking) = (new RenderingOptions(), new FindingOptions(), new TrackingOptions());
        rendering.AddTo(command);
        finding.AddTo(command);
        tracking.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var chosen = rendering.Read(parsed);
            return chosen.RunAsync("anonymize", finding.Read(parsed, chosen.Chosen.Preset), tracking.Read(parsed), cancel);
        });
        return command;
    }
}
