using System.Globalization;

namespace Veil.Studio.Projects;

/// <summary>What the run report says of regions that were not treated as they were found.</summary>
internal static class DecidedNotes
{
    /// <summary>A sentence for each kind of decision that there is in an item; regions of films count in every frame.</summary>
    public static IEnumerable<string> Of(ReviewedItem item)
    {
        foreach (var (choice, words) in Words)
        {
            var count = item.Frames.Sum(frame => frame.Regions.Count(region => region.Cover == choice));
            if (count > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{words}: {count}.");
            }
        }
    }

    private static IEnumerable<(CoverChoice Choice, string Words)> Words =>
    [
        (CoverChoice.ClearByPerson, "Regions left clear because somebody is to stay visible"),
        (CoverChoice.ClearByHand, "Regions left clear by hand"),
        (CoverChoice.CoveredByHand, "Regions covered by hand"),
    ];
}
