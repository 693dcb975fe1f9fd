using System.Security.Cryptography;
using Veil.Datasets;
using Veil.Errors;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Utility;
using Veil.Imaging;

namespace Veil.Cli.Measuring;

/// <summary>Reads folders of pictures by split and class as a dataset to learn from.</summary>
internal static class UtilityFolders
{
    private static readonly (UtilitySplit Split, string[] Names)[] Splits =
    [
        (UtilitySplit.Train, ["train", "training"]), (UtilitySplit.Validation, ["val", "valid", "validation"]), (UtilitySplit.Test, ["test", "testing"]),
    ];

    /// <summary>Reads and decodes every picture once; those that cannot be decoded are listed and take no part.</summary>
    /// <param name="root">The dataset's folder.</param>
    /// <param name="progress">Told of every hundredth.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="VeilException">The folder is no such dataset, or nothing can be learned from it (<see cref="UtilityDataset.Create"/>).</exception>
    public static UtilityDataset Read(DirectoryInfo root, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        if (!root.Exists)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no folder '{root}'.", "Check the spelling, and that it is mounted on this machine.");
        }

        using var reader = DatasetCatalog.Find("image-folders", root.FullName).Open(root.FullName, new DatasetReadOptions());
        var found = Pictures(reader).ToList();
        string[] classes = [.. found.Select(file => file.Class).OfType<string>().Concat(FoldersOf(reader)).Distinct().Order(StringComparer.Ordinal)];
        var pictures = new UtilityPicture?[found.Count];
        var reasons = new string?[found.Count];
        var done = 0;
        Parallel.For(0, found.Count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            var file = found[index];
            try
            {
                var label = file.Class is { } name ? Array.IndexOf(classes, name) : throw new VeilException(VeilErrorCode.InvalidDataset, "It lies in no class's folder.");
                PictureFile.ReadRgb24(file.FullPath).Dispose();
                pictures[index] = new UtilityPicture(file.Path, file.FullPath, HashOf(file.FullPath), label, file.Split);
            }
            catch (VeilException error)
            {
                reasons[index] = error.Message;
            }

            if (Interlocked.Increment(ref done) is var count && count % 100 == 0)
            {
                progress.Report(new WorkProgress("reading pictures", count, found.Count, null));
            }
        });
        return UtilityDataset.Create(
            root.ToString(), classes, pictures.OfType<UtilityPicture>(),
            [.. found.Select((file, index) => (file.Path, Reason: reasons[index])).Where(file => file.Reason is not null).Select(file => new UnusablePicture(file.Path, file.Reason!))]);
    }

    private static IEnumerable<SplitFile> Pictures(IDatasetReader reader)
    {
        foreach (var picture in reader.Pictures())
        {
            if (SplitOf(picture.Split) is { } split)
            {
                yield return new SplitFile(picture.Path, picture.FullPath, split, picture.Category?.Name);
            }
        }

        // Pictures need not be called like pictures.
        foreach (var file in reader.Files().Where(file => file.Role == DatasetFileRole.Unrecognised))
        {
            if (SplitOf(file.Split) is { } split && file.Path.Split('/') is [_, var name, _, ..] && PictureFile.Sniff(file.FullPath) is not null)
            {
                yield return new SplitFile(file.Path, file.FullPath, split, name);
            }
        }
    }

    /// <summary>Classes are the folders, so that an empty one is missed.</summary>
    private static IEnumerable<string> FoldersOf(IDatasetReader reader) => reader.Splits.Where(split => SplitOf(split) is not null)
        .SelectMany(split => new DirectoryInfo(Path.Combine(reader.Root, split)).EnumerateDirectories())
        .Select(folder => folder.Name).Where(name => name[0] != '.');

    private static UtilitySplit? SplitOf(string name) =>
        Array.Find(Splits, known => Array.Exists(known.Names, asked => SplitName.Matches(name, asked))) is { Names: not null } match ? match.Split : null;

    private static string HashOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, error.Message, "", error);
        }
    }

    private sealed record SplitFile(string Path, string FullPath, UtilitySplit Split, string? Class);
}
