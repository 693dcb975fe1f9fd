using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Datasets;
using Veil.Datasets.Converting;
using Veil.Errors;

namespace Veil.Cli.Commands;

/// <summary><c>veil dataset convert FORMAT ROOT TO OUT</c>: the same annotations in another format.</summary>
internal static class DatasetConvertCommand
{
    public static Command Create()
    {
        var known = string.Join(", ", DatasetCatalog.All.Select(format => format.Id));
        var format = new Argument<string>("format") { Description = $"The dataset's format: {known}, or {DatasetCatalog.Automatic}." };
        var root = new Argument<DirectoryInfo>("root") { Description = "The dataset's folder; it is only read." };
        var to = new Argument<string>("to") { Description = "The format to write: one of the same." };
        var output = new Argument<DirectoryInfo>("output") { Description = "The new dataset's folder: it must be new or empty." };
        var pictures = new Option<ConvertedPictures>("--pictures")
        {
            Description = "What becomes of the pictures, which are the originals, not anonymized: none leaves them where they are and writes annotations only; copy and link put them into the new layout.",
        };
        var keep = new Option<KeptShape>("--keep")
        {
            Description = "What to take along of objects: all that the target can hold, or boxes, polygons or keypoints alone. YOLO holds one of them.",
        };
        var command = new Command("convert", "Write a dataset's annotations in another format. Nothing is anonymized.") { format, root, to, output, pictures, keep };
        var categories = new CategoryOptions();
        categories.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var path = parsed.GetValue(root)!.FullName;
            var source = DatasetCatalog.Find(parsed.GetValue(format)!, path);
            var target = parsed.GetValue(to)! is var id && id != DatasetCatalog.Automatic
                ? DatasetCatalog.Find(id, path)
                : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a format to write, but received '{id}'.", $"One of {known}.");
            if (source.Features == DatasetFeatures.None)
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"'{source.Id}' has no annotations to convert.", "Name the format of the annotations.");
            }

            var options = categories.Read(parsed);
            var where = parsed.GetValue(output)!.FullName;
            using var reader = source.Open(path, options);
            var result = DatasetConversion.Run(reader, target, where, Features(source.Features, parsed.GetValue(keep)), parsed.GetValue(pictures), options.SizeOf, cancel);
            Tell(result, target, where, parsed.GetValue(pictures));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static DatasetFeatures Features(DatasetFeatures source, KeptShape keep) => keep switch
    {
        KeptShape.Boxes => source & ~(DatasetFeatures.Polygons | DatasetFeatures.Masks | DatasetFeatures.Keypoints),
        KeptShape.Polygons => source & ~DatasetFeatures.Keypoints,
        KeptShape.Keypoints => source & ~(DatasetFeatures.Polygons | DatasetFeatures.Masks),
        _ => source,
    };

    private static void Tell(ConversionResult result, DatasetFormat target, string output, ConvertedPictures pictures)
    {
        Console.Out.WriteLine($"{Plural.Of(result.Objects, "object")} in {Plural.Of(result.Pictures, "picture")} written as {target.Id} to '{output}'.");
        foreach (var (what, count) in result.Losses.OrderBy(loss => loss.Key, StringComparer.Ordinal))
        {
            Console.Out.WriteLine($"Lost, since {target.Id} does not hold them: {count} {what}");
        }

        if (result.Unannotated > 0)
        {
            Console.Out.WriteLine($"Left out, since they are not annotated, or not completely: {Plural.Of(result.Unannotated, "picture")}");
        }

        if (result.Missing > 0)
        {
            Console.Out.WriteLine($"Left out, since they are not there: {Plural.Of(result.Missing, "picture")}");
        }

        Console.Out.WriteLine(pictures switch
        {
            ConvertedPictures.None => "Pictures were not copied (--pictures copy or link does it).",
            ConvertedPictures.Copy => "The pictures there are the ORIGINALS: nothing was anonymized.",
            _ => "The pictures there are links to the ORIGINALS: nothing was anonymized.",
        });
    }

    /// <summary>What is taken along of objects.</summary>
    private enum KeptShape
    {
        All,
        Boxes,
        Polygons,
        Keypoints,
    }
}
