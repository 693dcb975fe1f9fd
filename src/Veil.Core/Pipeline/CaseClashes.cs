using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>Outputs whose names differ in upper and lower case only, where that is no difference: one would replace the other.</summary>
public static class CaseClashes
{
    /// <summary>True when a folder takes upper and lower case for the same.</summary>
    /// <param name="file">A file in it that is there and whose name has letters.</param>
    public static bool IgnoresCase(string file) => File.Exists(Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file).ToUpperInvariant()));

    /// <summary>The items, all but the first of each clash marked as one that cannot be done.</summary>
    public static IReadOnlyList<PlannedItem> Mark(IReadOnlyList<PlannedItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return [.. items.Select(item => item.Target is null || item.Problem is not null || first.TryAdd(item.Target, item.Item.Name) ? item : item with
        {
            Problem = new ItemError(
                nameof(VeilErrorCode.OutputExists), "search",
                $"Its output would be the same file as that of '{first[item.Target]}': the output folder takes upper and lower case for the same.",
                "Rename one of them, or choose an output folder on another file system."),
        })];
    }
}
