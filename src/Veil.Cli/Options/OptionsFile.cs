using System.CommandLine;
using System.Text.Json;
using Veil.Errors;

namespace Veil.Cli.Options;

/// <summary>
/// <c>--options FILE</c>: a JSON object whose keys are long option names without dashes. What the command line says itself
/// wins. <c>{"method":"pixelate","set":{"grid":6},"find":["faces"],"thorough":true}</c>
/// </summary>
internal static class OptionsFile
{
    public static Option<FileInfo?> Option() => new("--options")
    {
        Description = "Read options from a JSON file; the command line wins over it.",
        HelpName = "FILE",
    };

    /// <summary>Parses the command line with the file's options added.</summary>
    public static ParseResult Expand(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        var option = parsed.CommandResult.Command.Options.OfType<Option<FileInfo?>>().FirstOrDefault(candidate => candidate.Name == "--options");
        if (option is null || parsed.GetValue(option) is not { } file)
        {
            return parsed;
        }

        return root.Parse([.. args, .. Tokens(Read(file), parsed)]);
    }

    private static JsonElement Read(FileInfo file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file.FullName), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json.RootElement.Clone()
                : throw new VeilException(VeilErrorCode.InvalidOption, $"Options file '{file}': expected an object, but received {json.RootElement.ValueKind}.");
        }
        catch (JsonException error)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Options file '{file}' is not valid JSON: {error.Message}", "", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Options file '{file}' cannot be read: {error.Message}", "", error);
        }
    }

    private static IEnumerable<string> Tokens(JsonElement options, ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Options;
        foreach (var property in options.EnumerateObject())
        {
            var name = "--" + property.Name;
            var option = known.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new VeilException(
                    VeilErrorCode.InvalidOption, $"Options file: '{property.Name}' is no option of '{parsed.CommandResult.Command.Name}'.",
                    "Known: " + string.Join(", ", known.Select(candidate => candidate.Name.TrimStart('-')).Order(StringComparer.Ordinal)));
            if (parsed.GetResult(option) is { Implicit: false })
            {
                continue;
            }

            foreach (var token in Values(name, property.Value))
            {
                yield return token;
            }
        }
    }

    private static IEnumerable<string> Values(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => VerifyOutputOption.Complete([name]),
        JsonValueKind.False => [],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Values(name, item)),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => new[] { name, $"{property.Name}={property.Value}" }),
        JsonValueKind.String or JsonValueKind.Number => [name, value.ToString()],
        _ => throw new VeilException(VeilErrorCode.InvalidOption, $"Options file: '{name.TrimStart('-')}' has no value."),
    };
}
