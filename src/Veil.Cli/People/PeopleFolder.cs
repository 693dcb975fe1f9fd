using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;

namespace Veil.Cli.People;

/// <summary>
/// The folder that <c>veil people</c> writes: a folder per person with a picture of each of their faces, and people.json.
/// It shows clear faces on purpose, so only its owner may look into it.
/// </summary>
internal sealed partial class PeopleFolder
{
    private const string IndexName = "people.json";
    private readonly string _folder;

    private PeopleFolder(string folder) => _folder = folder;

    /// <summary>Checks a place for it, before any picture is read.</summary>
    /// <param name="output">As named by the user.</param>
    /// <param name="inputs">As named by the user.</param>
    /// <param name="existing">Whether an earlier one may be replaced.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/> or <see cref="VeilErrorCode.OutputExists"/>.</exception>
    public static PeopleFolder At(string output, IReadOnlyList<string> inputs, OverwritePolicy existing)
    {
        var folder = Path.GetFullPath(output);
        var links = new RealPath();
        var real = links.OfFolder(folder);
        foreach (var input in inputs.Where(Path.Exists).Select(input => links.OfFolder(Path.GetFullPath(input))))
        {
            if (Holds(input, real) || Holds(real, input))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"The output '{output}' and the input '{input}' lie in each other.", "Choose a folder of its own, away from the pictures.");
            }
        }

        for (var place = real; place is not null; place = Path.GetDirectoryName(place))
        {
            if (File.Exists(RunJournal.PathIn(place)))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"'{place}' holds anonymized pictures; clear faces may not lie among them.", "Choose a folder elsewhere.");
            }
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !(existing == OverwritePolicy.Replace && IsOurs(folder))))
        {
            throw new VeilException(
                VeilErrorCode.OutputExists, $"'{output}' is there already.",
                File.Exists(folder) || !IsOurs(folder) ? "Choose a new folder: this one is not of 'veil people'." : "Use --force to replace it. Folders that you renamed stay.");
        }

        return new PeopleFolder(folder);
    }

    /// <summary>Writes everything, in place of an earlier one.</summary>
    /// <exception cref="VeilException">A picture cannot be read again, or the folder not written.</exception>
    public void Write(IReadOnlyList<PersonGroup> groups, IMediaFormat media, CancellationToken cancellationToken)
    {
        try
        {
            Clear();
            OwnerAlone.CreateFolder(_folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"'{_folder}' cannot be used: {error.Message}", "Choose a folder you may write to.", error);
        }

        // The index first: it marks the folder as ours should the rest be cut short.
        var names = Name(groups);
        TextOutput.Write(Path.Combine(_folder, IndexName), OverwritePolicy.Replace, stream => WriteIndex(stream, groups, names));
        var all = groups.SelectMany(group => group.Faces).ToLookup(face => face.Item);
        foreach (var picture in all.OrderBy(picture => picture.Key.Name, StringComparer.Ordinal))
        {
            WriteFaces(picture.Key, [.. picture], names, media, cancellationToken);
        }
    }

    private static bool Holds(string folder, string path) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsOurs(string folder) => File.Exists(Path.Combine(folder, IndexName));

    private void Clear()
    {
        if (!IsOurs(_folder))
        {
            return;
        }

        foreach (var group in Directory.EnumerateDirectories(_folder).Where(path => GroupName().IsMatch(Path.GetFileName(path)) && new DirectoryInfo(path).LinkTarget is null))
        {
            Directory.Delete(group, recursive: true);
        }
    }

    // The picture's own name helps to find it; the number keeps names apart.
    private static Dictionary<FoundFace, string> Name(IReadOnlyList<PersonGroup> groups)
    {
        const int longestName = 60;
        var names = new Dictionary<FoundFace, string>();
        foreach (var group in groups)
        {
            var digits = Math.Max(3, group.Faces.Count.ToString(CultureInfo.InvariantCulture).Length);
            foreach (var (face, index) in group.Faces.Select((face, index) => (face, index)))
            {
                var picture = Path.GetFileNameWithoutExtension(face.Item.Name);
                var number = (index + 1).ToString("D" + digits, CultureInfo.InvariantCulture);
                names[face] = $"{group.Name}/{number}-{picture[..Math.Min(longestName, picture.Length)]}.png";
            }
        }

        return names;
    }

    private static void WriteIndex(Stream stream, IReadOnlyList<PersonGroup> groups, Dictionary<FoundFace, string> names)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "veil-people");
        json.WriteNumber("version", 1);
        json.WriteStartArray("groups");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            json.WriteStartArray("faces");
            foreach (var face in group.Faces)
            {
                json.WriteStartObject();
                json.WriteString("picture", face.Item.Name);
                json.WriteNumber("frame", face.Frame);
                json.WriteStartArray("box");
                foreach (var edge in new[] { face.Region.Box.Left, face.Region.Box.Top, face.Region.Box.Right, face.Region.Box.Bottom })
                {
                    json.WriteNumberValue(Math.Round(edge, 2));
                }

                json.WriteEndArray();
                json.WriteString("face", names[face]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteFaces(MediaItem item, IReadOnlyList<FoundFace> faces, Dictionary<FoundFace, string> names, IMediaFormat media, CancellationToken cancellationToken)
    {
        using var source = media.Open(item, cancellationToken);
        while (source.Read(cancellationToken) is { } frame)
        {
            using (frame)
            {
                var here = faces.Where(face => face.Frame == frame.Index).ToList();
                foreach (var face in here)
                {
                    using var picture = Picture.FromPixels(FacePortrait.Cut(frame, face.Region.Box, here.Where(other => other != face).Select(other => other.Region.Box)), PictureFormat.Png);
                    TextOutput.Write(Path.Combine(_folder, names[face].Replace('/', Path.DirectorySeparatorChar)), OverwritePolicy.Replace, stream => picture.Encode(stream));
                }
            }
        }
    }

    [GeneratedRegex($@"^(person-\d{{3,}}|{ReferenceFolder.UndecidedGroup})$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupName();
}
