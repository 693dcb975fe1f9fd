using Veil.Options;

namespace Veil.Cli.Output;

/// <summary>Options of a method or detector, and what they mean.</summary>
internal static class OptionTable
{
    /// <param name="flag">What sets them on the command line.</param>
    /// <param name="options">In the order in which they are shown.</param>
    public static void Write(string flag, IEnumerable<OptionDescription> options) => Table.Write(
        [$"option ({flag})", "type", "range", "default", "meaning"],
        options.Select(option => new[] { option.Name, option.Type, option.Range, option.Default, option.Description }));
}
