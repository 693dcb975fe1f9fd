using System.CommandLine;
using Veil.Anonymization;
using Veil.Cli.Output;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil methods [ID]</c>: what can be done to a region.</summary>
internal static class MethodsCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("method") { Description = "Show this method's options and presets.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("methods", "List the methods, or one method's options and presets.") { id };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(id) is { } name)
            {
                Show(Catalogues.Methods.Find(name));
            }
            else
            {
                Table.Write(
                    ["method", "guarantee", "what it does"],
                    Catalogues.Methods.All.Select(method => new[] { method.Id, RegionJson.NameOf(method.Guarantee), method.Summary }));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(AnonymizerDescriptor method)
    {
        Console.Out.WriteLine($"{method.Id} ({RegionJson.NameOf(method.Guarantee)}): {method.Summary}");
        Console.Out.WriteLine();
        OptionTable.Write("--set", MethodOptionsBinder.Describe(method));
        if (method.Presets.Count > 0)
        {
            Console.Out.WriteLine();
            PresetsCommand.Write(method.Presets.Select(preset => (method, preset)));
        }
    }
}
