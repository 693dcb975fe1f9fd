using System.Text.RegularExpressions;

namespace Veil.Evaluation.Reports;

/// <summary>What the writers rely on.</summary>
internal static partial class ReportRules
{
    /// <summary>Names of sheets that the writer or the format itself takes.</summary>
    private static readonly string[] Taken = ["provenance", "history", "report"];

    /// <summary>Checks a report.</summary>
    /// <exception cref="ArgumentException">Something is not as the contracts ask.</exception>
    public static void Check(Report report)
    {
        var ids = new HashSet<string>(Taken, StringComparer.OrdinalIgnoreCase);
        foreach (var table in report.Tables())
        {
            if (!TableId().IsMatch(table.Id) || !ids.Add(table.Id))
            {
                throw new ArgumentException($"Expected for a table an id of its own, 1 to 31 letters, digits and hyphens, but received '{table.Id}'.", nameof(report));
            }

            if (table.Rows.FirstOrDefault(row => row.Count != table.Columns.Count) is { } row)
            {
                throw new ArgumentException($"Expected {table.Columns.Count} cells in each row of table '{table.Id}', but received {row.Count}.", nameof(report));
            }
        }

        foreach (var block in report.Sections.SelectMany(section => section.Blocks))
        {
            switch (block)
            {
                case ReportPictures pictures when pictures.Pictures.FirstOrDefault(picture => !PictureType().IsMatch(picture.MediaType)) is { } other:
                    throw new ArgumentException($"Expected pictures of type image/NAME, but received '{other.MediaType}'.", nameof(report));
                case HeatMap map when map.Values.Count != map.Names.Count || map.Values.Any(row => row.Count != map.Names.Count):
                    throw new ArgumentException($"Expected {map.Names.Count} rows and columns, as there are names, but received {map.Values.Count} rows.", nameof(report));
                default:
                    break;
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex TableId();

    [GeneratedRegex("^image/[a-z0-9.+-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PictureType();
}
