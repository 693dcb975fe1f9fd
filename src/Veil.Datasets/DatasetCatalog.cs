using Veil.Datasets.Formats;
using Veil.Errors;

namespace Veil.Datasets;

/// <summary>The dataset formats. A new one is a reader and writer pair and a line here. Thread-safe.</summary>
public static class DatasetCatalog
{
    /// <summary>Stands for "whichever format the folder is laid out like".</summary>
    public const string Automatic = "auto";

    /// <summary>All formats; where several recognise a folder, the earlier one is right.</summary>
    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        CityscapesFormat.Format, BddFormat.Format, CocoFormat.Format, VocFormat.Format, YoloFormat.Format, ImageFolders.Format,
    ];

    /// <summary>The format with an id, or the one that a folder is laid out like.</summary>
    /// <param name="id">An id of <see cref="All"/>, or <see cref="Automatic"/>.</param>
    /// <param name="root">The dataset's folder.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: no such format; <see cref="VeilErrorCode.InvalidDataset"/>: none recognises the folder.</exception>
    public static DatasetFormat Find(string id, string root)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentException.ThrowIfNullOrEmpty(root);
        var known = string.Join(", ", All.Select(format => format.Id));
        if (id != Automatic)
        {
            return All.FirstOrDefault(format => format.Id == id)
                ?? throw new VeilException(VeilErrorCode.InvalidOption, $"Expected one of the dataset formats {known}, or {Automatic}, but received '{id}'.");
        }

        var full = Path.GetFullPath(root);
        return All.FirstOrDefault(format => format.Recognises(full))
            ?? throw new VeilException(VeilErrorCode.InvalidDataset, $"'{root}' is laid out like none of the formats {known}.", "Name the dataset's own folder, and its format; docs/datasets.md shows the layouts.");
    }
}
