using System.Globalization;

namespace Veil.LivePage;

/// <summary>Processor time and memory of programs with all that they started, from /proc.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds that a process and its descendants have taken so far, and the memory that is theirs alone, MiB.</summary>
    /// <param name="root">Its id.</param>
    /// <param name="name">Counts descendants of this name alone; null for all.</param>
    public static (double Seconds, double Mebibytes) Of(int root, string? name = null)
    {
        var (children, own) = (new Dictionary<int, List<int>>(), new Dictionary<int, (string Name, double Seconds)>());
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (TryRead(Path.Combine(folder, "stat")) is not { } line)
            {
                continue;
            }

            // The name is in brackets and may hold anything.
            var end = line.LastIndexOf(')');
            var fields = line[(end + 2)..].Split(' ');
            var (id, parent) = (int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture));
            own[id] = (line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..end], (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
            (children.TryGetValue(parent, out var siblings) ? siblings : children[parent] = []).Add(id);
        }

        var (seconds, memory) = (0.0, 0.0);
        for (var waiting = new Stack<int>([root]); waiting.TryPop(out var id);)
        {
            if (own.TryGetValue(id, out var process) && (name is null || process.Name.Contains(name, StringComparison.Ordinal)))
            {
                seconds += process.Seconds;
                memory += Memory(id);
            }

            foreach (var child in children.GetValueOrDefault(id, []))
            {
                waiting.Push(child);
            }
        }

        return (seconds, memory);
    }

    private static double Memory(int id) =>
        TryRead($"/proc/{id}/status")?.Split('\n').FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 : 0;

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // Ended meanwhile.
            return null;
        }
    }
}
