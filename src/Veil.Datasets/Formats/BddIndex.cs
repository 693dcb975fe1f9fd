using System.Text.Json;
using Veil.Datasets.Reading;
using Veil.Errors;

namespace Veil.Datasets.Formats;

/// <summary>Which frames label files describe, and where in them they stand. Frames stay in the files.</summary>
internal sealed class BddIndex
{
    private readonly Dictionary<string, List<BddFrame>> _byKey = new(StringComparer.Ordinal);
    private readonly DatasetTree _tree;
    private readonly ProblemReporter _report;

    public BddIndex(DatasetTree tree, ProblemReporter report)
    {
        (_tree, _report) = (tree, report);
        foreach (var file in tree.Files("labels").Where(file => file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            Read(file);
        }
    }

    /// <summary>Frames by the key of their picture: split and name, see <see cref="KeyOf"/>.</summary>
    public IReadOnlyDictionary<string, List<BddFrame>> Frames => _byKey;

    /// <summary>The split and the name of a picture, with the folder of its video where it has one.</summary>
    public static string KeyOf(string split, string name) => split + "/" + name;

    /// <summary>The split of a label file: a folder of its path, or the last word of its name.</summary>
    public static string SplitOf(string path)
    {
        var parts = path.Split('/');
        return parts[..^1].FirstOrDefault(BddFormat.IsSplit)
            ?? Path.GetFileNameWithoutExtension(parts[^1]).Split('_').FirstOrDefault(BddFormat.IsSplit)
            ?? "";
    }

    private void Read(TreeFile file)
    {
        var set = file.Folders.Length > 1 ? file.Folders[1] : "";
        var (split, isObjects) = (SplitOf(file.Path), BddFormat.ObjectLabels.ContainsKey(set));
        var found = new List<(string Key, BddFrame Frame)>();
        try
        {
            var first = FirstByte(file.FullPath);
            if (first == '{')
            {
                // The first release: the file is the frame. Scalabel's datasets are an object with "frames", told by their names.
                ReadWhole(file, set, split, isObjects, found);
            }
            else
            {
                JsonArrayScanner.Scan(file.FullPath, (_, json, offset, line) => ReadFrame(file, set, split, isObjects, json, offset, line, found));
            }
        }
        catch (JsonFileException error)
        {
            _report.Unreadable(new DatasetPlace(file.Path, error.Line), error);
            return;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _report.Error(DatasetProblemKind.Malformed, new DatasetPlace(file.Path), "The file cannot be read: " + error.Message, error);
            return;
        }

        foreach (var (key, frame) in found)
        {
            if (!_byKey.TryGetValue(key, out var frames))
            {
                frames = _byKey[key] = [];
            }
            else if (frames.Exists(other => other.File == file.Path))
            {
                _report.Error(DatasetProblemKind.Duplicate, new DatasetPlace(file.Path, frame.Line), $"The frame \"{key[(split.Length + 1)..]}\" is there twice.");
                continue;
            }

            frames.Add(frame);
        }
    }

    private void ReadWhole(TreeFile file, string set, string split, bool isObjects, List<(string Key, BddFrame Frame)> found)
    {
        var (name, isDataset) = ((string?)null, false);
        var frames = new List<(string Key, BddFrame Frame)>();
        JsonArrayScanner.Scan(file.FullPath, (property, json, offset, line) =>
        {
            if (property == "name")
            {
                name = Text(json);
            }
            else if (property == "frames" && HasName(json))
            {
                isDataset = true;
                ReadFrame(file, set, split, isObjects, json, offset, line, frames);
            }
        });
        if (isDataset)
        {
            found.AddRange(frames);
        }
        else if (name is null || SafeName.Normalise(name) is not { } safe)
        {
            _report.Error(name is null ? DatasetProblemKind.Malformed : DatasetProblemKind.UnsafeName, new DatasetPlace(file.Path, 1), "Expected \"name\" with the name of a picture.");
        }
        else
        {
            found.Add((KeyOf(split, Path.HasExtension(safe) && PictureFiles.IsPicture(safe) ? safe : safe + ".jpg"), new BddFrame(file.Path, set, isObjects, 0, 0, 1)));
        }
    }

    private void ReadFrame(TreeFile file, string set, string split, bool isObjects, ReadOnlySpan<byte> json, long offset, int line, List<(string Key, BddFrame Frame)> found)
    {
        var place = new DatasetPlace(file.Path, line);
        try
        {
            var (name, video) = Head(json);
            var path = video is null || name.StartsWith(video + "/", StringComparison.Ordinal) ? name : video + "/" + name;
            if (SafeName.Normalise(path) is not { } safe)
            {
                _report.Error(DatasetProblemKind.UnsafeName, place, $"Expected a file name below the dataset, but received \"{Excerpt.Of(path)}\".");
                return;
            }

            found.Add((KeyOf(split, safe), new BddFrame(file.Path, set, isObjects, offset, json.Length, line)));
        }
        catch (FormatException error)
        {
            _report.Unreadable(place, error);
        }
    }

    private static (string Name, string? Video) Head(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("Expected a frame, but received something that is no object.");
        }

        var (name, video) = ((string?)null, (string?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isName, isVideo) = (reader.ValueTextEquals("name"u8), reader.ValueTextEquals("videoName"u8) || reader.ValueTextEquals("video_name"u8));
            reader.Read();
            if ((isName || isVideo) && reader.TokenType is JsonTokenType.String)
            {
                (name, video) = isName ? (reader.GetString(), video) : (name, reader.GetString());
            }
            else
            {
                reader.Skip();
            }
        }

        return (name is { Length: > 0 } ? name : throw new FormatException("Expected \"name\" with the name of a picture, but there is none."), video is { Length: > 0 } ? video : null);
    }

    private static bool HasName(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                return true;
            }

            reader.Read();
            reader.Skip();
        }

        return false;
    }

    private static string? Text(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    private static int FirstByte(string path)
    {
        using var stream = File.OpenRead(path);
        int next;
        do
        {
            next = stream.ReadByte();
        }
        while (next is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);
        return next;
    }
}

/// <summary>Where a frame's labels stand.</summary>
/// <param name="File">The label file.</param>
/// <param name="Set">The folder below <c>labels</c>.</param>
/// <param name="IsObjects">Whether its labels are complete as to people.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes; 0 when the file is the frame.</param>
/// <param name="Line">Line from 1.</param>
internal readonly record struct BddFrame(string File, string Set, bool IsObjects, long Offset, int Length, int Line);
