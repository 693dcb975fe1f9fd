using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;

namespace Veil.Studio.Measuring;

/// <summary>What the user wants to know. Immutable.</summary>
/// <param name="Kind">What is measured.</param>
/// <param name="Faces">A folder with one folder of pictures for each person.</param>
/// <param name="Dataset">For the frontier: a folder of classes, or a COCO file with people's body points; else null.</param>
/// <param name="Size">How much takes part.</param>
/// <param name="Methods">As <c>--methods</c> takes them.</param>
internal sealed record MeasurementRequest(MeasurementKind Kind, string Faces, string? Dataset, MeasurementSize Size, IReadOnlyList<string> Methods)
{
    private const int QuickPeople = 20;
    private const int QuickPictures = 4;
    private const int FewestPeople = 2;
    private const int FewestPictures = 2;

    /// <summary>Arguments of the program.</summary>
    /// <param name="report">The folder for the report.</param>
    public IReadOnlyList<string> Arguments(string report) =>
    [
        "evaluate", Kind == MeasurementKind.Privacy ? "privacy" : "frontier", Faces,
        .. Kind == MeasurementKind.Frontier ? [Dataset!] : Array.Empty<string>(),
        "--methods", .. Methods, "-o", report,
        .. Size == MeasurementSize.Quick ? Quick : [],
    ];

    private string[] Quick =>
    [
        "--people", FormattableString.Invariant($"{QuickPeople}"), "--pictures", FormattableString.Invariant($"{QuickPictures}"),
        .. Kind == MeasurementKind.Frontier && Directory.Exists(Dataset) ? new[] { "--seeds", "2" } : [],
    ];

    /// <summary>Looks at the folders, so that a mistake is told at once and not after minutes.</summary>
    /// <param name="outside">The studio's own folder, which may not lie within what is measured.</param>
    /// <exception cref="VeilException">Something is not as it has to be.</exception>
    public void Check(string outside)
    {
        RequireFolder(Faces, "Name the folder of people.");
        var people = Directory.EnumerateDirectories(Faces).Count(HasPictures);
        if (people < FewestPeople)
        {
            throw new VeilException(
                VeilErrorCode.UnreadableInput,
                $"Expected a folder for each person with {FewestPictures} pictures or more in it, and {FewestPeople} people or more, but found {people} in '{Faces}'.",
                "Make a folder for each person in it, and put the person's pictures there.");
        }

        if (Kind == MeasurementKind.Frontier)
        {
            RequireDataset();
        }

        var real = new RealPath();
        foreach (var folder in new[] { Faces, Dataset }.OfType<string>().Where(Directory.Exists))
        {
            if ((real.OfFolder(outside) + Path.DirectorySeparatorChar).StartsWith(real.OfFolder(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"The studio keeps its reports within '{folder}', and nothing is written into what is measured.", "Choose the folder of the people itself, not one around it.");
            }
        }
    }

    private static bool HasPictures(string folder) => Directory.EnumerateFiles(folder).Where(IsPicture).Take(FewestPictures).Count() == FewestPictures;

    private static bool IsPicture(string file) => PictureFormats.FromExtension(Path.GetExtension(file)) is not null;

    private static void RequireFolder(string? folder, string whatToDo)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, whatToDo, "Write its whole path, e.g. /home/me/people.");
        }

        if (!Path.IsPathFullyQualified(folder))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected the whole path of the folder, but received '{folder}'.", "Begin it at the root, e.g. /home/me/people.");
        }

        if (!Directory.Exists(folder))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no folder '{folder}'.", "Check the spelling, and that it is mounted on this machine.");
        }
    }

    private void RequireDataset()
    {
        if (Dataset is not null && Path.IsPathFullyQualified(Dataset) && File.Exists(Dataset))
        {
            return;
        }

        RequireFolder(Dataset, "Name what the pictures are for: a folder of classes or a COCO file.");
        if (!Directory.Exists(Path.Combine(Dataset!, "train")) || !Directory.Exists(Path.Combine(Dataset!, "test")))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"Expected folders 'train' and 'test' with a folder for each class in '{Dataset}'.", "Or name a COCO file with people's body points.");
        }
    }
}
