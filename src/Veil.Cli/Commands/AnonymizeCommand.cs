using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.People;

namespace Veil.Cli.Commands;

/// <summary><c>veil anonymize</c>: pictures in, the same pictures with everybody covered out.</summary>
internal static class AnonymizeCommand
{
    public static Command Create()
    {
        var command = new Command("anonymize", "Find people in pictures and cover them.");
        var (rendering, finding, people, tracking) = (new RenderingOptions(), new FindingOptions(), new PeopleOptions(), new TrackingOptions());
        rendering.AddTo(command);
        finding.AddTo(command);
        people.AddTo(command);
        tracking.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var chosen = rendering.Read(parsed);
            var finder = PeopleFinder.Read(parsed, finding, people, chosen.Methods.Kinds, cancel);
            return chosen.RunAsync("anonymize", rendering.Complete(finder, chosen, parsed), tracking.Read(parsed), cancel);
        });
        return command;
    }
}
