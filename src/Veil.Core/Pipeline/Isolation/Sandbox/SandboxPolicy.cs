using Veil.Errors;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>What a worker may do with files, and which layers keep it to that. Its text is how a parent tells its worker.</summary>
/// <param name="Layers">The layers that are to hold.</param>
/// <param name="Temporary">A folder of the worker's own for what it writes meanwhile.</param>
/// <param name="Runnable">Programs that it may start.</param>
/// <param name="Readable">Files and folders, each with all that is below it.</param>
/// <param name="Writable">Folders in which it may make, change and remove files.</param>
internal sealed record SandboxPolicy(SandboxLayers Layers, string Temporary, IReadOnlyList<string> Runnable, IReadOnlyList<string> Readable, IReadOnlyList<string> Writable)
{
    private const char Between = '\n';
    private const string Run = "x ";
    private const string Read = "r ";
    private const string Write = "w ";

    /// <summary>The policy in lines.</summary>
    /// <exception cref="VeilException">A path that has more than one.</exception>
    public string Text => string.Join(
        Between, new[] { Layers.ToString("D"), Temporary }.Concat(Runnable.Select(path => Run + path)).Concat(Readable.Select(path => Read + path)).Concat(Writable.Select(path => Write + path)).Select(OneLine));

    /// <summary>Reads a policy of this program's own writing.</summary>
    public static SandboxPolicy Parse(string text)
    {
        var lines = text.Split(Between);
        return new SandboxPolicy(
            (SandboxLayers)int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), lines[1], Those(Run), Those(Read), Those(Write));

        List<string> Those(string kind) => [.. lines.Skip(2).Where(line => line.StartsWith(kind, StringComparison.Ordinal)).Select(line => line[kind.Length..])];
    }

    private static string OneLine(string text) => text.Contains(Between, StringComparison.Ordinal)
        ? throw new VeilException(VeilErrorCode.InvalidOption, "Expected the path of a folder in one line for the sandbox, but it has more.", "Rename the folder, or turn the sandbox off with --sandbox none.")
        : text;
}
