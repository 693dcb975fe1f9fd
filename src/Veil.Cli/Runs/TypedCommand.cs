using System.Collections;
using System.CommandLine;
using System.Globalization;
using Veil.Evaluation.Reports;
using Veil.Pipeline;

namespace Veil.Cli.Runs;

/// <summary>The command under way, for a report: as it was typed, and with what it means by every option.</summary>
internal static class TypedCommand
{
    /// <summary>How a result came about, up to now.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="inputs">What was measured on.</param>
    /// <param name="models">The models that took part.</param>
    /// <param name="started">When the command was started.</param>
    public static Provenance Provenance(ParseResult parsed, IReadOnlyList<MeasuredInput> inputs, IReadOnlyList<ReportedModel> models, DateTimeOffset started) =>
        new(Line(parsed), Options(parsed), inputs, models, MachineDescription.Current(), started, DateTimeOffset.Now - started);

    /// <summary>The command line, ready to be typed again into a POSIX shell.</summary>
    public static string Line(ParseResult parsed) => ShellWords.Line(parsed.Tokens.Select(token => token.Value).Prepend("veil"));

    /// <summary>Every option and argument in force by its name, defaults too; those without a value are left out.</summary>
    public static IReadOnlyDictionary<string, string> Options(ParseResult parsed)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in parsed.CommandResult.Command.Arguments.Where(argument => !argument.Hidden))
        {
            Add(values, argument.Name.ToUpperInvariant(), parsed.GetResult(argument)?.GetValueOrDefault<object?>());
        }

        foreach (var option in parsed.CommandResult.Command.Options.Where(option => !option.Hidden && option.Name is not ("--help" or "--version")))
        {
            Add(values, option.Name, parsed.GetResult(option)?.GetValueOrDefault<object?>());
        }

        return values;
    }

    private static void Add(SortedDictionary<string, string> values, string name, object? value)
    {
        var words = Words(value);
        if (words.Length > 0)
        {
            values[name] = words;
        }
    }

    private static string Words(object? value) => value switch
    {
        null => "",
        string text => text,
        bool on => on ? "yes" : "no",
        FileSystemInfo file => file.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable several => string.Join(' ', several.Cast<object?>().Select(Words)),
        _ => value.ToString() ?? "",
    };
}
