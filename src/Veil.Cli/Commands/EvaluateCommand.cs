using System.CommandLine;

namespace Veil.Cli.Commands;

internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Measure.");
}
