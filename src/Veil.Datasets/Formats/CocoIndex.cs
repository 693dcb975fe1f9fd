using System.Text.Json;
using Veil.Datasets.Reading;
using Veil.Errors;

namespace Veil.Datasets.Formats;

/// <summary>
/// What a COCO dataset has and where in its files it stands: pictures and categories, and for each annotation the bytes that
/// hold it. Annotation files are read once from end to end, holding one entry at a time; about 100 bytes stay for each picture
/// and 40 for each annotation.
/// </summary>
internal sealed class CocoIndex
{
    private readonly ProblemReporter _report;
    private readonly DatasetTree _tree;
    private readonly CategorySubjects _subjects;
    private readonly List<CocoPicture> _pictures = [];
    private readonly Dictionary<string, int> _byPath = new(StringComparer.Ordinal);
    private readonly List<DatasetCategory> _categories = [];
    private readonly List<CocoFile> _files = [];
    private List<Entry> _entries = [];
    private int[] _order = [];

    public CocoIndex(DatasetTree tree, CategorySubjects subjects, ProblemReporter report)
    {
        (_tree, _subjects, _report) = (tree, subjects, report);
        foreach (var file in CocoLayout.AnnotationFiles(tree))
        {
            Read(file);
        }

        Settle();
        Sort();
    }

    public IReadOnlyList<DatasetCategory> Categories => _categories;

    public IReadOnlyList<CocoPicture> Pictures => _pictures;

    public IReadOnlyList<CocoFile> Files => _files;

    public int? Find(string path) => _byPath.TryGetValue(path, out var index) ? index : null;

    /// <summary>The annotations of a picture: in which file, where, how long, in which line.</summary>
    public ReadOnlySpan<int> AnnotationsOf(int picture)
    {
        var (from, to) = (LowerBound(picture), LowerBound(picture + 1));
        return _order.AsSpan(from, to - from);
    }

    public Entry this[int annotation] => _entries[annotation];

    private void Read(TreeFile source)
    {
        var file = new CocoFile(_files.Count, source, CocoFormat.SplitOf(source.Path));
        _files.Add(file);
        var images = new List<(long Id, string Name, int Width, int Height, int Line)>();
        var first = _entries.Count;
        try
        {
            JsonArrayScanner.Scan(
                source.FullPath,
                (property, json, offset, line) =>
                {
                    switch (property)
                    {
                        case "images":
                            if (ReadImage(file, json, line) is { } image)
                            {
                                images.Add(image);
                            }

                            break;
                        case "annotations":
                            ReadAnnotation(file, json, offset, line);
                            break;
                        case "categories":
                            ReadCategory(file, json, line);
                            break;
                    }
                },
                property => file.HasAnnotations |= property == "annotations");
        }
        catch (JsonFileException error)
        {
            // A file that breaks off has said nothing reliable about anything.
            _entries.RemoveRange(first, _entries.Count - first);
            _report.Unreadable(new DatasetPlace(source.Path, error.Line), error);
            return;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _report.Error(DatasetProblemKind.Malformed, new DatasetPlace(source.Path), "The file cannot be read: " + error.Message, error);
            return;
        }

        Place(file, images);
        Resolve(file, first);
    }

    private (long Id, string Name, int Width, int Height, int Line)? ReadImage(CocoFile file, ReadOnlySpan<byte> json, int line)
    {
        var place = new DatasetPlace(file.Source.Path, line);
        try
        {
            using var document = Parse(json);
            var image = document.RootElement;
            var name = image.Need("file_name").Text("file_name");
            if (SafeName.Normalise(name) is not { } safe)
            {
                _report.Error(DatasetProblemKind.UnsafeName, place, $"Expected a file name below the dataset, but received \"{Excerpt.Of(name)}\".");
                return null;
            }

            return (image.Need("id").Whole("id"), safe, image.Need("width").Side("width"), image.Need("height").Side("height"), line);
        }
        catch (FormatException error)
        {
            _report.Unreadable(place, error);
            return null;
        }
    }

    private void ReadCategory(CocoFile file, ReadOnlySpan<byte> json, int line)
    {
        var place = new DatasetPlace(file.Source.Path, line);
        try
        {
            using var document = Parse(json);
            var element = document.RootElement;
            var (id, name) = (element.Need("id").Whole("id"), element.Need("name").Text("name"));
            var group = element.Find("supercategory") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
            string[] keypoints = element.Find("keypoints") is { ValueKind: JsonValueKind.Array } points ? [.. points.EnumerateArray().Select(point => point.ToString())] : [];
            var category = new DatasetCategory(name, id, _subjects.Of(name, group)) { Group = group, Keypoints = keypoints };
            if (!file.Categories.TryAdd(id, category))
            {
                _report.Error(DatasetProblemKind.Duplicate, place, $"The category id {id} is there twice.");
                return;
            }

            var known = _categories.FindIndex(other => other.Number == id && other.Name == name);
            if (known < 0)
            {
                _categories.Add(category);
            }
            else if (_categories[known].Keypoints.Count == 0)
            {
                _categories[known] = category;
            }
        }
        catch (FormatException error)
        {
            _report.Unreadable(place, error);
        }
    }

    private void ReadAnnotation(CocoFile file, ReadOnlySpan<byte> json, long offset, int line)
    {
        var place = new DatasetPlace(file.Source.Path, line);
        try
        {
            var (id, image, isObject) = CocoAnnotationHead.Read(json);
            if (!isObject)
            {
                // Captions and panoptic segments stand in files of the same form.
                return;
            }

            file.HasObjects = true;
            if (image is null)
            {
                throw new FormatException("Expected \"image_id\", but there is none.");
            }

            if (_report.Collects && id is { } number && !file.Ids.Add(number))
            {
                _report.Error(DatasetProblemKind.Duplicate, place, $"The annotation id {number} is there twice.");
            }

            _entries.Add(new Entry(image.Value, offset, json.Length, line, file.Index));
        }
        catch (FormatException error)
        {
            _report.Unreadable(place, error);
        }
    }

    /// <summary>Finds the folder of a file's pictures, and joins them with those that other files name.</summary>
    private void Place(CocoFile file, List<(long Id, string Name, int Width, int Height, int Line)> images)
    {
        var folder = CocoLayout.FolderOf(_tree, file, images.Select(image => image.Name));
        var tells = file.Tells;
        foreach (var (id, name, width, height, line) in images)
        {
            var place = new DatasetPlace(file.Source.Path, line);
            var path = folder.Length > 0 ? folder + "/" + name : name;
            if (file.Images.ContainsKey(id))
            {
                _report.Error(DatasetProblemKind.Duplicate, place, $"The image id {id} is there twice.");
                continue;
            }

            if (!_byPath.TryGetValue(path, out var index))
            {
                (_byPath[path], index) = (_pictures.Count, _pictures.Count);
                _pictures.Add(new CocoPicture(path, file.Split, width, height, place, file.Index));
            }
            else if (_pictures[index].File == file.Index)
            {
                _report.Error(DatasetProblemKind.Duplicate, place, $"The file name \"{name}\" is there twice.");
                continue;
            }
            else if (_pictures[index].Width != width || _pictures[index].Height != height)
            {
                _report.Error(
                    DatasetProblemKind.Size, place, $"Expected \"{name}\" to have {_pictures[index].Width}×{_pictures[index].Height} as in {_pictures[index].Place}, but received {width}×{height}.");
            }

            if (_pictures[index].Split != file.Split && !_pictures[index].OtherSplits.Contains(file.Split))
            {
                _pictures[index] = _pictures[index] with { OtherSplits = [.. _pictures[index].OtherSplits, file.Split] };
            }

            file.Images[id] = index;
            if (file.HasAnnotations && (file.HasObjects || file.Categories.Count > 0))
            {
                var known = _pictures[index];
                _pictures[index] = known with
                {
                    Annotations = AnnotationState.Partial,
                    Tells = known.Tells | tells,
                    Place = known.Annotations == AnnotationState.Absent ? place : known.Place,
                };
            }
        }
    }

    /// <summary>
    /// Everybody in a picture is annotated where the files that name it are about all that any file of the dataset is about;
    /// a picture that only a list of plates names, or of things that are no people (COCO's stuff), may show somebody
    /// else. Who annotates people has covered their faces.
    /// </summary>
    private void Settle()
    {
        var all = _files.Where(file => file.HasAnnotations).Aggregate(CocoSubjects.None, (sum, file) => sum | file.Tells);
        for (var i = 0; i < _pictures.Count; i++)
        {
            var picture = _pictures[i];
            var needed = picture.Tells.HasFlag(CocoSubjects.People) ? all & ~CocoSubjects.Faces : all;
            if (picture.Annotations != AnnotationState.Absent && all != CocoSubjects.None && (picture.Tells & needed) == needed)
            {
                _pictures[i] = picture with { Annotations = AnnotationState.Present };
            }
        }
    }

    private void Resolve(CocoFile file, int first)
    {
        var kept = first;
        for (var i = first; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (file.Images.TryGetValue(entry.Picture, out var index))
            {
                _entries[kept++] = entry with { Picture = index };
            }
            else
            {
                _report.Error(DatasetProblemKind.UnknownPicture, new DatasetPlace(file.Source.Path, entry.Line), $"The annotation is for image id {entry.Picture}, which is not in the list of images.");
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    private void Sort()
    {
        _entries.TrimExcess();
        _order = [.. Enumerable.Range(0, _entries.Count)];
        Array.Sort(_order, (a, b) => (_entries[a].Picture, a).CompareTo((_entries[b].Picture, b)));
    }

    private int LowerBound(int picture)
    {
        var (low, high) = (0, _order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[_order[middle]].Picture < picture ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>Where an annotation stands. The picture is the image's id while its file is being read, and an index after.</summary>
    public readonly record struct Entry(long Picture, long Offset, int Length, int Line, int File);
}
