using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Veil.Errors;
using Veil.Evaluation.Reports;

namespace Veil.Evaluation.Utility;

/// <summary>Pictures by class, to train on and to test with. Immutable.</summary>
public sealed class UtilityDataset
{
    /// <summary>Fewer training pictures of a class than this tell nothing.</summary>
    public const int FewestPerClass = 8;

    /// <summary>With a larger share of unusable files, something is wrong with the dataset as a whole.</summary>
    public const double MostUnusable = 0.1;

    private UtilityDataset(string root, IReadOnlyList<string> classes, IReadOnlyList<UtilityPicture> pictures, IReadOnlyList<UnusablePicture> unusable)
    {
        (Root, Classes, Unusable) = (root, classes, unusable);
        Train = [.. pictures.Where(picture => picture.Split == UtilitySplit.Train)];
        Validation = [.. pictures.Where(picture => picture.Split == UtilitySplit.Validation)];
        Test = [.. pictures.Where(picture => picture.Split == UtilitySplit.Test)];
        var lines = string.Concat(pictures.Select(picture => $"{picture.Path}\t{picture.Sha256}\n"));
        Input = new MeasuredInput(root, pictures.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))));
    }

    /// <summary>The dataset's folder, as it was given.</summary>
    public string Root { get; }

    /// <summary>Names of the classes, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>To train on, in ordinal order of their paths.</summary>
    public IReadOnlyList<UtilityPicture> Train { get; }

    /// <summary>To tell when to stop; empty where the dataset has no such split, and a part of <see cref="Train"/> serves.</summary>
    public IReadOnlyList<UtilityPicture> Validation { get; }

    /// <summary>To measure with, in ordinal order of their paths.</summary>
    public IReadOnlyList<UtilityPicture> Test { get; }

    /// <summary>Files that were left out of every variant.</summary>
    public IReadOnlyList<UnusablePicture> Unusable { get; }

    /// <summary>The pictures that take part, with their hash.</summary>
    public MeasuredInput Input { get; }

    /// <summary>Checks that a dataset can be learned from.</summary>
    /// <param name="root">Its folder, as it was given.</param>
    /// <param name="classes">Names of the classes, in ordinal order; pictures refer to them.</param>
    /// <param name="pictures">Every usable picture.</param>
    /// <param name="unusable">Every picture file that cannot be used.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: nothing to train or to test with, fewer than two classes, a class that is missing or too small, too many unusable files.</exception>
    public static UtilityDataset Create(string root, IReadOnlyList<string> classes, IEnumerable<UtilityPicture> pictures, IReadOnlyList<UnusablePicture> unusable)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(unusable);
        UtilityPicture[] ordered = [.. pictures.OrderBy(picture => picture.Path, StringComparer.Ordinal)];
        CheckUnusable(ordered.Length, unusable);
        var dataset = new UtilityDataset(root, classes, ordered, unusable);
        CheckClasses(dataset);
        return dataset;
    }

    private static void CheckUnusable(int usable, IReadOnlyList<UnusablePicture> unusable)
    {
        if (unusable.Count > MostUnusable * (usable + unusable.Count))
        {
            throw new VeilException(
                VeilErrorCode.InvalidDataset,
                string.Create(CultureInfo.InvariantCulture, $"Expected at most {MostUnusable:P0} unusable pictures, but {unusable.Count} of {usable + unusable.Count} cannot be used: {Some([.. unusable.Select(one => $"{one.Path} ({one.Reason})")])}"),
                "Mend or remove them: a comparison on what happens to be readable would mislead.");
        }
    }

    private static void CheckClasses(UtilityDataset dataset)
    {
        foreach (var (pictures, split) in new[] { (dataset.Train, "train"), (dataset.Test, "test") })
        {
            if (pictures.Count == 0)
            {
                throw new VeilException(
                    VeilErrorCode.InvalidDataset, $"Expected pictures in '{split}/CLASS/' of '{dataset.Root}', but there are none.", "Lay it out as train/CLASS/*.jpg and test/CLASS/*.jpg.");
            }
        }

        if (dataset.Classes.Count < 2)
        {
            throw new VeilException(
                VeilErrorCode.InvalidDataset, $"Expected at least 2 classes to tell apart, but received {dataset.Classes.Count}: {Some(dataset.Classes)}.", "Each folder below train is a class.");
        }

        RequireEach(dataset, dataset.Train, "train");
        RequireEach(dataset, dataset.Test, "test");
        var small = dataset.Classes.Select((name, label) => (Name: name, Count: dataset.Train.Count(picture => picture.Class == label))).Where(one => one.Count < FewestPerClass).ToList();
        if (small.Count > 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidDataset,
                $"Expected at least {FewestPerClass} training pictures of each class, but received fewer of {Some([.. small.Select(one => $"'{one.Name}' ({one.Count})")])}.",
                "Add pictures, or leave the class out of train and test.");
        }
    }

    private static void RequireEach(UtilityDataset dataset, IReadOnlyList<UtilityPicture> pictures, string split)
    {
        var present = pictures.Select(picture => picture.Class).ToHashSet();
        var missing = dataset.Classes.Where((_, label) => !present.Contains(label)).Select(name => $"'{name}'").ToList();
        if (missing.Count > 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidDataset, $"Expected every class in train and in test, but '{split}' has no usable picture of {Some(missing)}.",
                "Classes are told by the names of their folders: check the spelling, or leave the class out of both.");
        }
    }

    private static string Some(IReadOnlyList<string> names) => string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");
}
