using System.Text.Json;
using Veil.Errors;
using Veil.Evaluation.Verification;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Video.Files;

namespace Veil.Cli.Verification;

/// <summary>Finds originals and outputs and pairs them.</summary>
internal static class FilePairs
{
    /// <summary>Pairs two files, or the files of two folders.</summary>
    /// <param name="output">What was written.</param>
    /// <param name="against">What it was made of.</param>
    /// <param name="record">The run's report.</param>
    /// <param name="nameMap">The original's name by the output's, as <c>--name-map</c> wrote it; null where names were kept.</param>
    /// <param name="report">Where the report of this verification goes, which is no output; null for nowhere.</param>
    /// <exception cref="VeilException">A path leads nowhere, or one is a folder and the other a file.</exception>
    public static OutputPairing Find(string output, string against, RunRecord record, FileInfo? nameMap, DirectoryInfo? report)
    {
        var (outputs, originals) = (Files(output), Files(against));
        if (Directory.Exists(output) != Directory.Exists(against))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"One of '{output}' and '{against}' is a folder, the other a file.", "Name two files or two folders.");
        }

        if (!Directory.Exists(output))
        {
            // Of two files nobody asks for their names; a report knows the original's.
            var name = originals.Keys.Single();
            return OutputPairing.Make(originals, new Dictionary<string, string> { [name] = outputs.Values.Single() }, record, null, IsMedia);
        }

        // Results may lie in the folder of the originals.
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        var inside = folder + Path.DirectorySeparatorChar;
        originals = originals.Where(file => !file.Value.StartsWith(inside, StringComparison.Ordinal)).ToDictionary(file => file.Key, file => file.Value);
        var own = report is null ? "" : Path.TrimEndingDirectorySeparator(report.FullName);
        outputs = outputs.Where(file => own.Length == 0 || own == folder || !file.Value.StartsWith(own + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToDictionary(file => file.Key, file => file.Value);
        var pairing = OutputPairing.Make(originals, outputs, record, nameMap is null ? null : ReadMap(nameMap), IsMedia);
        return pairing with { Alone = [.. pairing.Alone, .. HiddenOutputs.Find(folder, own)] };
    }

    private static Dictionary<string, string> Files(string path) =>
        OutputPlan.Create([path], output: null).Items.ToDictionary(planned => planned.Item.Name, planned => planned.Item.Path, StringComparer.Ordinal);

    private static bool IsMedia(string path)
    {
        try
        {
            return PictureFile.Sniff(path) is not null || VideoMedia.IsVideo(path);
        }
        catch (VeilException error)
        {
            // What cannot be read may be one: it is told, not passed over.
            return error.Code != VeilErrorCode.NotAPicture;
        }
    }

    private static Dictionary<string, string> ReadMap(FileInfo file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            return json.RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "", StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"The map of names '{file}' cannot be read: {error.Message}", "It is the file that 'veil anonymize --name-map FILE' wrote.", error);
        }
    }
}
