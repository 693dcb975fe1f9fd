using System.Text;
using Veil.Regions;

namespace Veil.Writing;

/// <summary>
/// Chooses what of the writing in a picture is hidden. Pieces of a row are matched together, read in either direction, with
/// and without a space between them; a row of which any piece is not surely read is hidden whole, since what is looked for
/// may reach into that piece. Immutable and thread-safe.
/// </summary>
/// <param name="rule">What is hidden.</param>
public sealed class WritingChooser(WritingRule rule)
{
    /// <summary>The pieces to hide, in their order.</summary>
    /// <param name="pieces">All writing of a picture.</param>
    public IReadOnlyList<Region> Hidden(IReadOnlyList<ReadRegion> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var hidden = new HashSet<Region>(ReferenceEqualityComparer.Instance);
        foreach (var row in WritingRow.Of(pieces))
        {
            if (row.All(piece => rule.IsSure(piece.Reading)))
            {
                AddMatches(row, hidden);
                AddMatches([.. row.Reverse()], hidden);
            }
            else
            {
                hidden.UnionWith(row.Select(piece => piece.Region));
            }
        }

        return [.. pieces.Select(piece => piece.Region).Where(hidden.Contains)];
    }

    private void AddMatches(IReadOnlyList<ReadRegion> row, HashSet<Region> hidden)
    {
        foreach (var between in row.Count > 1 ? new[] { " ", "" } : [""])
        {
            var text = new StringBuilder();
            var spans = new List<(int Start, int End)>();
            foreach (var piece in row)
            {
                var start = text.Append(text.Length > 0 ? between : "").Length;
                spans.Add((start, text.Append(piece.Reading.Text).Length));
            }

            foreach (var match in rule.Matches(text.ToString()))
            {
                for (var i = 0; i < row.Count; i++)
                {
                    if (match.Start < spans[i].End && match.End > spans[i].Start)
                    {
                        hidden.Add(row[i].Region);
                    }
                }
            }
        }
    }
}
