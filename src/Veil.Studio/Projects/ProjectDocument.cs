using System.Globalization;
using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>A project as JSON: everything but regions and embeddings.</summary>
internal static class ProjectDocument
{
    private const string Format = "veil-project";
    private const int Version = 1;

    /// <summary>Writes a project.</summary>
    public static void Write(Stream target, Project project)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("name", project.Name);
        json.WriteString("created", project.Created);
        json.WritePropertyName("settings");
        AnonymizerSettingsJson.Write(json, project.Settings);
        json.WriteString("stage", project.Stage.ToString());
        json.WriteString("exportedTo", project.ExportedTo);
        json.WriteString("exportedWith", project.ExportedWith.ToString());
        json.WriteTexts("exportFolders", project.ExportFolders);
        WriteKept(json, project.Kept);
        json.WriteStartArray("items");
        foreach (var item in project.Items)
        {
            WriteItem(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a project.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="source">What was written.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>: it is damaged.</exception>
    public static Project Read(string id, Stream source)
    {
        try
        {
            using var document = JsonDocument.Parse(source);
            return Read(id, document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or VeilException)
        {
            throw Damaged(error);
        }
    }

    /// <summary>What is said of a project whose file cannot be read.</summary>
    public static VeilException Damaged(Exception error) => new(
        VeilErrorCode.UnreadableInput, "The project's own file cannot be read: " + error.Message,
        "Your pictures and finished results are not touched by this. Delete the project here, and start it again.", error);

    private static Project Read(string id, JsonElement root)
    {
        if (root.GetProperty("format").GetString() != Format || root.GetProperty("version").GetInt32() != Version)
        {
            throw new FormatException("it was written by another version of Veil");
        }

        var stage = Named<ProjectStage>(root, "stage");
        return new Project(id, Text(root, "name"), root.GetProperty("created").GetDateTimeOffset())
        {
            Settings = AnonymizerSettingsJson.Read(root.GetProperty("settings")),
            Stage = stage,
            ExportedTo = root.GetProperty("exportedTo").GetString(),
            ExportedWith = Later(root, "exportedWith", VerifyOutput.Check),
            ExportFolders = Texts(root, "exportFolders"),
            Kept = [.. root.GetProperty("kept").EnumerateArray().Select(person => new KeptPerson([.. person.EnumerateArray().Select(ReadFace)]))],
            Items = [.. root.GetProperty("items").EnumerateArray().Select(item => ReadItem(item, stage))],
        };
    }

    private static void WriteKept(Utf8JsonWriter json, IReadOnlyList<KeptPerson> kept)
    {
        json.WriteStartArray("kept");
        foreach (var person in kept)
        {
            json.WriteStartArray();
            foreach (var face in person.Faces)
            {
                json.WriteStartObject();
                json.WriteString("item", face.Item);
                json.WriteNumber("frame", face.Frame);
                json.WriteNumber("x", face.X);
                json.WriteNumber("y", face.Y);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static KeptFace ReadFace(JsonElement face) => new(Text(face, "item"), face.GetProperty("frame").GetInt32(), face.GetProperty("x").GetDouble(), face.GetProperty("y").GetDouble());

    private static void WriteItem(Utf8JsonWriter json, ProjectItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("name", item.Name);
        json.WriteString("path", item.Path);
        json.WriteString("kind", item.Kind.ToString());
        json.WriteString("state", item.State.ToString());
        ItemErrorJson.Write(json, item.Error);
        json.WriteString("again", item.Again.ToString());
        json.WriteNumber("width", item.Width);
        json.WriteNumber("height", item.Height);
        json.WriteNumber("frames", item.Frames);
        json.WriteNumber("framesPerSecond", double.IsFinite(item.FramesPerSecond) ? item.FramesPerSecond : 0);
        json.WriteNumber("regions", item.Regions);
        json.WriteNumber("doubtfulness", item.Doubtfulness);
        json.WriteBoolean("lookedAt", item.LookedAt);
        json.WriteNumber("revision", item.Revision);
        json.WriteString("foundBy", item.FoundBy);
        json.WriteString("chosenBy", item.ChosenBy);
        json.WriteString("stamp", item.Stamp);
        json.WriteTexts("doubts", item.Doubts.Select(doubt => string.Create(CultureInfo.InvariantCulture, $"{doubt.Reason} {doubt.Frame}")));
        json.WriteTexts("findings", item.Findings);
        json.WriteEndObject();
    }

    private static ProjectItem ReadItem(JsonElement item, ProjectStage stage) => new(Text(item, "id"), Text(item, "name"), Text(item, "path"), Named<ItemKind>(item, "kind"))
    {
        // What was amid work when the studio ended is done again.
        State = Named<ItemState>(item, "state") is not ItemState.Working and var state ? state : stage == ProjectStage.Exporting ? ItemState.Ready : ItemState.Waiting,
        Error = ItemErrorJson.Read(item),
        Again = Later(item, "again", RunWork.Finding),
        Width = item.GetProperty("width").GetInt32(),
        Height = item.GetProperty("height").GetInt32(),
        Frames = item.GetProperty("frames").GetInt32(),
        FramesPerSecond = item.GetProperty("framesPerSecond").GetDouble(),
        Regions = item.GetProperty("regions").GetInt32(),
        Doubtfulness = item.GetProperty("doubtfulness").GetDouble(),
        LookedAt = item.GetProperty("lookedAt").GetBoolean(),
        Revision = item.GetProperty("revision").GetInt32(),
        FoundBy = Text(item, "foundBy"),
        ChosenBy = Text(item, "chosenBy"),
        Stamp = Text(item, "stamp"),
        Doubts = [.. Texts(item, "doubts").Select(ReadDoubt)],
        Findings = Texts(item, "findings"),
    };

    private static Doubt ReadDoubt(string text) => text.Split(' ') is [var reason, var frame]
        ? new Doubt(Enum.Parse<DoubtReason>(reason), int.Parse(frame, CultureInfo.InvariantCulture))
        : throw new FormatException("a doubt is not understood");

    private static string[] Texts(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(text => text.GetString() ?? "")];

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is missing");

    // Came later than the format: projects that were written before do not say it.
    private static T Later<T>(JsonElement parent, string name, T before)
        where T : struct, Enum => parent.TryGetProperty(name, out _) ? Named<T>(parent, name) : before;

    private static T Named<T>(JsonElement parent, string name)
        where T : struct, Enum => Enum.TryParse<T>(Text(parent, name), out var value) && Enum.IsDefined(value) ? value : throw new FormatException($"'{name}' is not understood");
}
