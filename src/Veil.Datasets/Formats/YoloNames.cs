using System.Collections.Immutable;
using Veil.Datasets.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Veil.Datasets.Formats;

/// <summary>What <c>data.yaml</c> (or the older <c>classes.txt</c>) says.</summary>
/// <param name="File">The file.</param>
/// <param name="Names">Names by class number.</param>
/// <param name="Folders">Picture folders or lists by split, as they are written there.</param>
/// <param name="Keypoints">Keypoints an object has, 0 for none.</param>
/// <param name="Dimensions">Numbers a keypoint has: 2, or 3 with visibility.</param>
internal sealed record YoloNames(
    string File, ImmutableSortedDictionary<long, string> Names, IReadOnlyDictionary<string, IReadOnlyList<string>> Folders, int Keypoints, int Dimensions)
{
    private const int LargestFile = 1 << 22;
    private static readonly string[] Splits = ["train", "val", "test"];
    private static readonly string[] Lists = ["classes.txt", "obj.names", "labels/classes.txt"];

    /// <summary>The YAML file of a dataset: the first in its root, by name, that has <c>names</c>; null where there is none.</summary>
    public static string? Find(string root)
    {
        if (!Directory.Exists(root))
        {
            return null;
        }

        return Directory.EnumerateFiles(root)
            .Where(path => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML")
            .OrderByDescending(path => Path.GetFileName(path).StartsWith("data", StringComparison.OrdinalIgnoreCase)).ThenBy(path => path, StringComparer.Ordinal)
            .FirstOrDefault(path => new FileInfo(path).Length <= LargestFile && System.IO.File.ReadLines(path).Any(line => line.StartsWith("names:", StringComparison.Ordinal)));
    }

    /// <summary>Reads what there is; null where nothing names the classes.</summary>
    public static YoloNames? Read(string root, ProblemReporter report)
    {
        if (Find(root) is { } yaml)
        {
            return ReadYaml(yaml, report);
        }

        var list = Lists.FirstOrDefault(name => System.IO.File.Exists(Path.Combine(root, name)));
        if (list is null)
        {
            return null;
        }

        var names = System.IO.File.ReadLines(Path.Combine(root, list)).Select(name => name.Trim()).ToList();
        while (names.Count > 0 && names[^1].Length == 0)
        {
            names.RemoveAt(names.Count - 1);
        }

        return new YoloNames(list, names.Select((name, index) => KeyValuePair.Create((long)index, name)).ToImmutableSortedDictionary(), ImmutableDictionary<string, IReadOnlyList<string>>.Empty, 0, 3);
    }

    private static YoloNames? ReadYaml(string path, ProblemReporter report)
    {
        var file = Path.GetFileName(path);
        try
        {
            var stream = new YamlStream();
            using (var text = new StreamReader(path))
            {
                stream.Load(text);
            }

            if (stream.Documents is not [{ RootNode: YamlMappingNode root }, ..])
            {
                report.Error(DatasetProblemKind.Malformed, new DatasetPlace(file, 1), "Expected \"names:\" and the folders of the splits, but there are none.");
                return null;
            }

            var shape = Field(root, "kpt_shape") is YamlSequenceNode { Children: [YamlScalarNode points, YamlScalarNode dimensions] }
                ? (Whole(points), Whole(dimensions))
                : (0, 3);
            var names = ReadNames(Field(root, "names") ?? throw new YamlException("there is no \"names\""));
            return new YoloNames(file, names, ReadFolders(root), (int)Math.Clamp(shape.Item1, 0, 1000), shape.Item2 == 2 ? 2 : 3);
        }
        catch (YamlException error)
        {
            report.Error(DatasetProblemKind.Malformed, new DatasetPlace(file, (int)Math.Max(1, error.Start.Line)), "Expected YAML with \"names\", but " + error.Message, error);
            return null;
        }
    }

    private static ImmutableSortedDictionary<long, string> ReadNames(YamlNode node)
    {
        var names = ImmutableSortedDictionary.CreateBuilder<long, string>();
        switch (node)
        {
            case YamlSequenceNode list:
                foreach (var (child, index) in list.Children.Select((child, index) => (child, index)))
                {
                    names[index] = Text(child);
                }

                break;
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children)
                {
                    names[Whole(key)] = Text(value);
                }

                break;
            default:
                throw new YamlException(node.Start, node.End, "\"names\" is neither a list nor a mapping from numbers");
        }

        return names.ToImmutable();
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadFolders(YamlMappingNode root)
    {
        var folders = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var split in Splits)
        {
            IReadOnlyList<string> paths = Field(root, split) switch
            {
                YamlScalarNode { Value.Length: > 0 } one => [one.Value],
                YamlSequenceNode several => [.. several.Children.Select(Text)],
                _ => [],
            };
            if (paths.Count > 0)
            {
                folders[split] = paths;
            }
        }

        return folders;
    }

    private static YamlNode? Field(YamlMappingNode map, string name) => map.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static string Text(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw new YamlException(node.Start, node.End, "a name is no text");

    private static long Whole(YamlNode node) =>
        node is YamlScalarNode { Value: { } text } && long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new YamlException(node.Start, node.End, $"\"{node}\" is no whole number");
}
