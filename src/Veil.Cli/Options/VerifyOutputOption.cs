using System.CommandLine;

namespace Veil.Cli.Options;

/// <summary><c>--verify[=strengthen]</c>: whether outputs are checked before they are put in their places.</summary>
internal static class VerifyOutputOption
{
    private const string Name = "--verify";

    private static readonly Option<VerifyOutput> Verify = new(Name)
    {
        Description = "Check each result against its original before it is written, and fail what does not hold (docs/verify.md). --verify=strengthen makes it again with more coverage and stronger methods.",
        HelpName = "check|strengthen",
        DefaultValueFactory = _ => VerifyOutput.Off,
    };

    public static void AddTo(Command command) => command.Add(Verify);

    public static VerifyOutput Read(ParseResult parsed) => parsed.GetResult(Verify) is null ? VerifyOutput.Off : parsed.GetValue(Verify);

    /// <summary>The command line with the option's value in its place: without one, the next word would be taken for it.</summary>
    public static string[] Complete(string[] arguments)
    {
        var end = Array.IndexOf(arguments, "--") is >= 0 and var at ? at : arguments.Length;
        return [.. arguments.Select((argument, index) => index < end && argument == Name ? $"{Name}={nameof(VerifyOutput.Check)}" : argument)];
    }
}
