using System.Text.Json;
using Veil.Datasets.Reading;

namespace Veil.Datasets.Formats;

/// <summary>Reads BDD100K.</summary>
internal sealed class BddReader : DatasetReader
{
    private const int LargestFrame = 1 << 27;
    private readonly BddIndex _index;
    private readonly string _pictures;

    public BddReader(string root, DatasetReadOptions options)
        : base(BddFormat.Id, root, options)
    {
        _index = new BddIndex(Tree, Report);
        _pictures = Directory.Exists(Tree.FullPath("images")) ? "images/" : "";
        Categories = [.. BddFormat.Vocabulary.Select((entry, index) => new DatasetCategory(entry.Name, index + 1, Subjects.Of(entry.Name, entry.Group)) { Group = entry.Group })];
        Splits = [.. _index.Frames.Keys.Select(key => key[..key.IndexOf('/', StringComparison.Ordinal)]).Where(split => split.Length > 0).Concat(SplitFolders()).Distinct().Order(StringComparer.Ordinal)];
        if (_index.Frames.Count == 0)
        {
            Report.Error(DatasetProblemKind.MissingFile, new DatasetPlace("labels"), "Expected label files such as labels/det_20/det_train.json, but they name no frame.");
        }
    }

    public override IReadOnlyList<DatasetCategory> Categories { get; }

    public override IReadOnlyList<string> Splits { get; }

    protected override DatasetPicture Describe(TreeFile file)
    {
        var frames = FramesOf(file);
        return frames.Count == 0
            ? new DatasetPicture(file.Path, file.FullPath, SplitOf(file), new DatasetPlace(file.Path), null)
            : Describe(file.Path, file.FullPath, SplitOf(file), frames);
    }

    protected override IEnumerable<DatasetPicture> Missing()
    {
        foreach (var (key, frames) in _index.Frames)
        {
            foreach (var group in frames.GroupBy(frame => SetOf(frame.Set)))
            {
                if (!Candidates(key, group.Key).Any(path => File.Exists(Tree.FullPath(path))))
                {
                    var path = _pictures + group.Key + "/" + key;
                    yield return Describe(path, Tree.FullPath(path), key[..key.IndexOf('/', StringComparison.Ordinal)], [.. group]);
                }
            }
        }
    }

    protected override DatasetFileRole? RoleOf(TreeFile file) =>
        file.Folders is not ["labels", ..] ? null
        : file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? DatasetFileRole.Annotations
        : file.Path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? DatasetFileRole.LabelMap
        : null;

    protected override string SplitOf(TreeFile file) => BddIndex.SplitOf(file.Path) is { Length: > 0 } split && Splits.Contains(split) ? split : "";

    private static string SetOf(string labels) => BddFormat.ObjectLabels.GetValueOrDefault(labels) ?? BddFormat.OtherLabels.GetValueOrDefault(labels, "100k");

    /// <summary>Where the picture of a frame may lie: in its set's folder, or in folders that were never parted by sets.</summary>
    private IEnumerable<string> Candidates(string key, string set) => [_pictures + set + "/" + key, _pictures + key];

    private IEnumerable<string> SplitFolders()
    {
        var images = Tree.FullPath(_pictures.TrimEnd('/'));
        return !Directory.Exists(images) ? [] : Directory.EnumerateDirectories(images).SelectMany(set => Directory.EnumerateDirectories(set).Append(set))
            .Select(path => Path.GetFileName(path)).Where(BddFormat.IsSplit);
    }

    private List<BddFrame> FramesOf(TreeFile file)
    {
        var parts = file.Path.Split('/');
        var at = Array.FindLastIndex(parts, BddFormat.IsSplit);
        if (at < 0 || !_index.Frames.TryGetValue(string.Join('/', parts[at..]), out var frames))
        {
            return [];
        }

        // The 10k pictures are no part of the 100k ones, though many have the same name.
        return [.. frames.Where(frame => Candidates(string.Join('/', parts[at..]), SetOf(frame.Set)).Contains(file.Path))];
    }

    private DatasetPicture Describe(string path, string fullPath, string split, List<BddFrame> frames)
    {
        var state = frames.Exists(frame => frame.IsObjects) ? AnnotationState.Present : AnnotationState.Partial;
        return new DatasetPicture(path, fullPath, split, new DatasetPlace(frames[0].File, frames[0].Line), state, () => [.. frames.SelectMany(ReadObjects)]);
    }

    private List<DatasetObject> ReadObjects(BddFrame frame)
    {
        var objects = new List<DatasetObject>();
        try
        {
            using var document = JsonDocument.Parse(BytesOf(frame));
            foreach (var label in BddLabel.LabelsOf(document.RootElement))
            {
                Add(objects, label, frame);
            }
        }
        catch (FormatException error)
        {
            Report.Unreadable(new DatasetPlace(frame.File, frame.Line), error);
        }
        catch (JsonException error)
        {
            Report.Error(DatasetProblemKind.Malformed, new DatasetPlace(frame.File, frame.Line), JsonFileException.Words(error), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report.Error(DatasetProblemKind.Malformed, new DatasetPlace(frame.File), "The file cannot be read: " + error.Message, error);
        }

        return objects;
    }

    private void Add(List<DatasetObject> objects, JsonElement label, BddFrame frame)
    {
        var place = new DatasetPlace(frame.File, frame.Line);
        try
        {
            if (BddLabel.Read(label, Categories, frame.IsObjects, place) is { } found)
            {
                objects.Add(found);
            }
        }
        catch (FormatException error)
        {
            Report.Unreadable(place, error);
        }
    }

    private byte[] BytesOf(BddFrame frame)
    {
        var path = Tree.FullPath(frame.File);
        using var handle = File.OpenHandle(path);
        var length = frame.Length > 0 ? frame.Length : RandomAccess.GetLength(handle);
        if (length > LargestFrame)
        {
            throw new FormatException($"Expected a frame of at most {LargestFrame >> 20} MiB.");
        }

        var bytes = new byte[length];
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(handle, bytes.AsSpan(read), frame.Offset + read);
            read += count > 0 ? count : throw new FormatException("The file became shorter while it was read.");
        }

        return bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
    }
}
