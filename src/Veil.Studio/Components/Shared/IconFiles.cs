using System.Collections.Concurrent;
using Veil.Studio.Hosting;

namespace Veil.Studio.Components.Shared;

/// <summary>Icons as markup that takes the text's colour and size.</summary>
internal static class IconFiles
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>An icon's markup, hidden from screen readers.</summary>
    /// <param name="name">One of Icons.props.</param>
    public static string Markup(string name) => Known.GetOrAdd(name, Read);

    private static string Read(string name)
    {
        var file = Path.Combine(ProgramFiles.Folder, "icons", name + ".svg");
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"Expected an icon '{name}' among those in Icons.props, but it is not there.", file);
        }

        // The files open with a comment about their licence, then <svg class="…" …>.
        var text = File.ReadAllText(file);
        var inside = text[(text.IndexOf('>', text.IndexOf("<svg", StringComparison.Ordinal)) + 1)..];
        return $"""<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{inside}""";
    }
}
