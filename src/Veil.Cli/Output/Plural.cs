using System.Globalization;

namespace Veil.Cli.Output;

/// <summary>A count with its noun.</summary>
internal static class Plural
{
    public static string Of(long count, string noun) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}
