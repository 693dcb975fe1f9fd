using System.Text;

namespace Veil.Cli.Output;

/// <summary>Aligned columns on standard output; the same in a terminal, a pipe and a document.</summary>
internal static class Table
{
    private const int Gap = 2;

    /// <summary>Writes rows under headings; the last column is not padded.</summary>
    public static void Write(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<IReadOnlyList<string>> all = [headings, .. rows];
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            var line = new StringBuilder();
            for (var column = 0; column < row.Count; column++)
            {
                line.Append(column + 1 < row.Count ? row[column].PadRight(widths[column] + Gap) : row[column]);
            }

            Console.Out.WriteLine(line.ToString().TrimEnd());
        }
    }
}
