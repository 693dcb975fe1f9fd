using System.CommandLine;

namespace Veil.Cli.Commands;

internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure.");
}
