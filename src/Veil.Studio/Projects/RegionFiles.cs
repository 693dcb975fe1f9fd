using System.Collections.Concurrent;
using Veil.Errors;

namespace Veil.Studio.Projects;

/// <summary>What was found and edited of each item, in a file of the project; those used last are kept in memory. Thread-safe.</summary>
internal sealed class RegionFiles(IProjects projects)
{
    private const int MostFramesInMemory = 20_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Path, ReviewedItem Item)> _recent = [];
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _writing = new(StringComparer.Ordinal);

    /// <summary>Regions; null before there are any.</summary>
    /// <exception cref="VeilException">The file is damaged.</exception>
    public ReviewedItem? Read(string project, string item)
    {
        var path = PathOf(project, item);
        lock (_gate)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Path == path)
                {
                    _recent.Remove(node);
                    _recent.AddFirst(node);
                    return node.Value.Item;
                }
            }
        }

        var gate = _writing.GetOrAdd(path, static _ => new SemaphoreSlim(1, 1));
        gate.Wait();
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var file = File.OpenRead(path);
            var read = ReviewedItemDocument.Read(file);
            Keep(path, read);
            return read;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, "What was found in this file cannot be read: " + error.Message, "Find again.", error);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Writes regions.</summary>
    /// <exception cref="VeilException">They cannot be written.</exception>
    public void Write(string project, string item, ReviewedItem regions)
    {
        var path = PathOf(project, item);
        var gate = _writing.GetOrAdd(path, static _ => new SemaphoreSlim(1, 1));
        gate.Wait();
        try
        {
            PrivateFile.Write(path, file => ReviewedItemDocument.Write(file, regions));
            Keep(path, regions);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "The regions cannot be written down: " + error.Message, "Check that there is room on the disk.", error);
        }
        finally
        {
            gate.Release();
        }
    }

    // An item's id is checked against the project before it becomes part of a path.
    private string PathOf(string project, string item) => projects.Find(project)?.Find(item) is { } known
        ? Path.Combine(projects.FolderOf(project, "regions"), known.Id + ".json")
        : throw new VeilException(VeilErrorCode.InvalidOption, "There is no such picture or film in the project.", "It may have been deleted in another window.");

    private void Keep(string path, ReviewedItem item)
    {
        lock (_gate)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Path == path)
                {
                    _recent.Remove(node);
                    break;
                }
            }

            _recent.AddFirst((path, item));
            for (var frames = _recent.Sum(one => one.Item.Frames.Count); frames > MostFramesInMemory && _recent.Count > 1; _recent.RemoveLast())
            {
                frames -= _recent.Last!.Value.Item.Frames.Count;
            }
        }
    }
}
