using Veil.Cli.Options;
using Veil.Datasets;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Sharding;

namespace Veil.Cli.Datasets;

/// <summary>What is to be done with each file of a dataset.</summary>
internal static class DatasetListing
{
    /// <summary>Lists a dataset into a manifest.</summary>
    /// <param name="settings">Which dataset, and which splits.</param>
    /// <param name="folder">The run.</param>
    /// <param name="header">What its shards agree on.</param>
    /// <param name="cancel">Abandons it; nothing is left then.</param>
    public static RunManifest Write(DatasetSettings settings, RunFolder folder, ManifestHeader header, CancellationToken cancel)
    {
        using var manifest = new ManifestWriter(folder, header);
        var names = CaseClashes.IgnoresCase(folder.ManifestLease) ? new HashSet<string>(StringComparer.OrdinalIgnoreCase) : null;
        var pictures = 0L;
        foreach (var entry in Items(settings))
        {
            cancel.ThrowIfCancellationRequested();
            switch (entry)
            {
                case ManifestEntry item:
                    if (names?.Add(item.File) == false)
                    {
                        throw new VeilException(VeilErrorCode.InvalidDataset, $"Two files differ from '{item.File}' in upper and lower case only, which the output folder takes for the same.", "Choose an output folder on another file system.");
                    }

                    manifest.Add(item);
                    pictures += item.Treatment == ItemTreatment.Anonymize ? 1 : 0;
                    break;
                case LeftOutFile file:
                    manifest.Add(file);
                    break;
                default:
                    throw new InvalidOperationException($"Expected an item or a file left out, but received {entry.GetType().Name}.");
            }
        }

        return pictures > 0 ? manifest.Complete() : throw new VeilException(
            VeilErrorCode.UnreadableInput, $"There is no picture to anonymize in '{settings.Root}'.", "Check the folder, the format, and --splits.");
    }

    /// <summary>The pictures that would be anonymized.</summary>
    public static IEnumerable<ManifestEntry> Pictures(DatasetSettings settings) =>
        Items(settings).OfType<ManifestEntry>().Where(item => item.Treatment == ItemTreatment.Anonymize);

    /// <summary>Every file of a dataset: a <see cref="ManifestEntry"/> or a <see cref="LeftOutFile"/>; pictures first.</summary>
    private static IEnumerable<object> Items(DatasetSettings settings)
    {
        using var reader = settings.Format.Open(settings.Root, settings.Reading);
        var choice = SplitChoice.Of(settings, reader.Splits);
        foreach (var picture in reader.Pictures())
        {
            yield return picture.IsIn(choice.Includes) ? new ManifestEntry(picture.Path, ItemTreatment.Anonymize, picture.Split)
                : settings.Others == OtherSplits.Copy ? new ManifestEntry(picture.Path, ItemTreatment.CopyOriginal, picture.Split)
                : new LeftOutFile(picture.Path, LeftOutReason.Split, picture.Split);
        }

        foreach (var file in reader.Files())
        {
            // Labels go with their pictures.
            var leftWithSplit = settings.Others == OtherSplits.Leave && file.Split.Length > 0 && !choice.Includes(file.Split);
            yield return file.Role == DatasetFileRole.Unrecognised || RunFolder.IsReserved(file.Path) ? new LeftOutFile(file.Path, LeftOutReason.Unrecognised, file.Split)
                : leftWithSplit ? new LeftOutFile(file.Path, LeftOutReason.Split, file.Split)
                : new ManifestEntry(file.Path, ItemTreatment.CopyLabels, file.Split);
        }
    }
}
