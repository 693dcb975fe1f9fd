using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Datasets;
using Veil.Datasets.Checking;

namespace Veil.Cli.Commands;

/// <summary><c>veil dataset check FORMAT ROOT</c>: what a dataset holds, and everything that is wrong with it.</summary>
internal static class DatasetCheckCommand
{
    public static Command Create()
    {
        var format = new Argument<string>("format") { Description = $"The dataset's format: {string.Join(", ", DatasetCatalog.All.Select(known => known.Id))}, or {DatasetCatalog.Automatic}." };
        var root = new Argument<DirectoryInfo>("root") { Description = "The dataset's folder; it is only read." };
        var json = new Option<bool>("--json") { Description = "Write JSON instead of lines and tables." };
        var command = new Command("check", "Count what a dataset holds, and list what is wrong with it by file and line. Exit code 1 when anything is.") { format, root, json };
        var categories = new CategoryOptions();
        categories.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var path = parsed.GetValue(root)!.FullName;
            var known = DatasetCatalog.Find(parsed.GetValue(format)!, path);
            var options = categories.Read(parsed);
            return Task.FromResult(parsed.GetValue(json) ? WriteJson(known, path, options, cancel) : WriteText(known, path, options, cancel));
        });
        return command;
    }

    private static int WriteText(DatasetFormat format, string root, DatasetReadOptions options, CancellationToken cancel)
    {
        var counts = DatasetCheck.Run(
            format, root, options, problem => Console.Out.WriteLine($"{problem.Place}: {NameOf(problem.Severity)}: {problem.Message}"), cancel);
        if (counts.Errors + counts.Notes > 0)
        {
            Console.Out.WriteLine();
        }

        Table.Write(
            ["split", "pictures", "annotated", "in part", "missing", "objects"],
            counts.Splits.Select(split => new[]
            {
                split.Key.Length > 0 ? split.Key : "-", Text(split.Value.Pictures), Text(split.Value.Annotated), Text(split.Value.Partial), Text(split.Value.Missing), Text(split.Value.Objects),
            }));
        Console.Out.WriteLine();
        string[] splits = [.. counts.Splits.Keys];
        Table.Write(
            ["category", "shows", .. splits.Select(split => split.Length > 0 ? split : "-")],
            counts.Categories.DistinctBy(category => category.Name)
                .Where(category => category.Subject != CategorySubject.Other || splits.Any(split => counts.Splits[split].ByCategory.ContainsKey(category.Name)))
                .Select(category => (string[])[category.Name, Shown(category.Subject), .. splits.Select(split => Text(counts.Splits[split].ByCategory.GetValueOrDefault(category.Name)))]));
        Console.Out.WriteLine();
        Console.Out.WriteLine("Other files: " + (counts.Files.Count == 0 ? "none" : string.Join(", ", counts.Files.Select(role => $"{Text(role.Value)} {NameOf(role.Key)}"))));
        Console.Out.WriteLine($"{format.Id}: {Plural.Of(counts.Errors, "error")}, {Plural.Of(counts.Notes, "note")}");
        return counts.Errors > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static int WriteJson(DatasetFormat format, string root, DatasetReadOptions options, CancellationToken cancel)
    {
        using var output = Console.OpenStandardOutput();
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "veil-dataset-check");
        json.WriteNumber("version", 1);
        json.WriteString("datasetFormat", format.Id);
        json.WriteStartArray("problems");
        var counts = DatasetCheck.Run(format, root, options, problem => Write(json, problem), cancel);
        json.WriteEndArray();
        json.WriteStartObject("splits");
        foreach (var (name, split) in counts.Splits)
        {
            json.WriteStartObject(name);
            json.WriteNumber("pictures", split.Pictures);
            json.WriteNumber("annotated", split.Annotated);
            json.WriteNumber("annotatedInPart", split.Partial);
            json.WriteNumber("missing", split.Missing);
            json.WriteNumber("objects", split.Objects);
            json.WriteStartObject("categories");
            foreach (var (category, count) in split.ByCategory)
            {
                json.WriteNumber(category, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("categories");
        foreach (var category in counts.Categories)
        {
            json.WriteStartObject();
            json.WriteString("name", category.Name);
            json.WriteNumber("number", category.Number);
            json.WriteString("shows", NameOf(category.Subject));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("files");
        foreach (var (role, count) in counts.Files)
        {
            json.WriteNumber(NameOf(role), count);
        }

        json.WriteEndObject();
        json.WriteNumber("errors", counts.Errors);
        json.WriteNumber("notes", counts.Notes);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
        return counts.Errors > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static void Write(Utf8JsonWriter json, DatasetProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("kind", NameOf(problem.Kind));
        json.WriteString("severity", NameOf(problem.Severity));
        json.WriteString("file", problem.Place.File);
        json.WriteNumber("line", problem.Place.Line);
        json.WriteString("message", problem.Message);
        json.WriteEndObject();
        if (json.BytesPending > 1 << 16)
        {
            json.Flush();
        }
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Shown(CategorySubject subject) => subject == CategorySubject.Other ? "" : NameOf(subject);

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
