using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>Finds the items of a project in files and folders, by the rules of every run of Veil.</summary>
internal static class ItemSearch
{
    /// <summary>Every picture and film, by name. Of folders, other files are passed over; what the user named and is neither has failed.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="cancellationToken">Abandons the search.</param>
    /// <exception cref="VeilException">Nothing is there.</exception>
    public static IReadOnlyList<ProjectItem> Find(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var (items, taken) = (new List<ProjectItem>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var path in paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal))
        {
            // Each by itself, for files of several folders may have the same name; of several folders each keeps its own.
            var folder = paths.Count > 1 && Directory.Exists(path) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) + "/" : "";
            foreach (var planned in OutputPlan.Create([path], output: null).Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Item(planned, folder + planned.Item.Name, items.Count + 1) is { } item)
                {
                    items.Add(item with { Name = ItemNames.Take(item.Name, taken) });
                }
            }
        }

        return items.Exists(item => item.State != ItemState.Failed)
            ? items
            : throw new VeilException(VeilErrorCode.UnreadableInput, "There is no picture or film.", "Choose others. Hidden files and links to folders are passed over.");
    }

    /// <summary>The id of an item by its number.</summary>
    public static string IdOf(int number) => number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    private static ProjectItem? Item(PlannedItem planned, string path, int number)
    {
        var (id, name) = (IdOf(number), ItemNames.Safe(path));
        if (planned.Problem is { } problem)
        {
            return Failed(problem);
        }

        try
        {
            return MediaKinds.Of(planned.Item.Path) is { } kind ? new ProjectItem(id, name, planned.Item.Path, kind)
                : planned.Item.Origin == MediaItemOrigin.Found ? null
                : Failed(new ItemError(nameof(VeilErrorCode.NotAPicture), "search", "It is neither a picture nor a film that Veil knows.", "Convert it first, e.g. to JPEG or MP4."));
        }
        catch (VeilException error)
        {
            return Failed(new ItemError(error.Code.ToString(), "search", error.Message, error.Hint));
        }

        ProjectItem Failed(ItemError error) => new(id, name, planned.Item.Path, ItemKind.Picture) { State = ItemState.Failed, Error = error };
    }
}
