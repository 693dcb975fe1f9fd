using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Engine.People;

/// <summary>
/// The reference photos in a folder: each folder in it is a person, each photo directly in it one, too. Ordered by name, so
/// that a person keeps a number. What cannot be used is an error and never passed over: a photo that is silently left out
/// leaves somebody exposed.
/// </summary>
internal static class ReferenceFolder
{
    /// <summary>The group of <c>veil people</c> that holds faces of several people.</summary>
    public const string UndecidedGroup = "undecided";

    // What this program and file managers put beside photos. Everything else must be a photo.
    private static readonly string[] BesidePhotos = ["people.json", "Thumbs.db", "desktop.ini"];

    /// <summary>The photos, person by person.</summary>
    /// <param name="folder">As named by the user.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidReference"/>.</exception>
    public static IReadOnlyList<IReadOnlyList<ReferencePhoto>> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new VeilException(
                VeilErrorCode.InvalidReference, $"Expected a folder of reference photos, but there is no folder '{folder}'.",
                "Make one with a folder per person, e.g. friends/anna/1.jpg; 'veil people' makes them from your pictures.");
        }

        var found = OutputPlan.Create([folder], output: null).Items;
        if (found.FirstOrDefault(item => item.Problem is not null) is { } broken)
        {
            throw new VeilException(VeilErrorCode.InvalidReference, $"'{broken.Item.Name}' in '{folder}' cannot be used: {broken.Problem!.Message}", broken.Problem.Hint);
        }

        var photos = found.Where(item => !BesidePhotos.Contains(item.Item.Name.Split('/')[^1])).Select(item => new ReferencePhoto(item.Item.Name, item.Item.Path)).ToList();
        if (photos.Count == 0)
        {
            throw new VeilException(VeilErrorCode.InvalidReference, $"There is no photo in '{folder}'.", "Put one clear photo or more of each person there; hidden files are passed over.");
        }

        RefuseFoldersWithoutPhotos(folder, [.. photos.Select(photo => photo.Path)]);

        if (photos.Find(photo => photo.Person == UndecidedGroup) is { } undecided)
        {
            throw new VeilException(
                VeilErrorCode.InvalidReference, $"'{undecided.Name}' is of the faces that 'veil people' could tell nothing about: they are of several people.",
                $"Move the folder '{UndecidedGroup}' elsewhere, or sort its pictures into folders of their people.");
        }

        return [.. photos.GroupBy(photo => photo.Person, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => person.OrderBy(photo => photo.Name, StringComparer.Ordinal).ToArray())];
    }

    /// <summary>Somebody whose folder is empty, or a link that is not followed, would be taken for a stranger.</summary>
    private static void RefuseFoldersWithoutPhotos(string folder, IReadOnlyList<string> photos)
    {
        foreach (var person in Directory.EnumerateDirectories(Path.GetFullPath(folder)).Where(path => !Path.GetFileName(path).StartsWith('.')))
        {
            if (!photos.Any(photo => photo.StartsWith(person + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                throw new VeilException(
                    VeilErrorCode.InvalidReference, $"There is no photo in '{Path.GetFileName(person)}' in '{folder}'.",
                    "Put one clear photo or more of that person there; links to folders are not followed.");
            }
        }
    }
}

/// <summary>A reference photo.</summary>
/// <param name="Name">Its path below the folder, with forward slashes.</param>
/// <param name="Path">Full path.</param>
internal sealed record ReferencePhoto(string Name, string Path)
{
    /// <summary>The person's folder; the photo's own name where it lies in none.</summary>
    public string Person => Name.Split('/')[0];
}
