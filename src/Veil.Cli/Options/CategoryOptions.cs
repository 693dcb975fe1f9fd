using System.Collections.Immutable;
using System.CommandLine;
using Veil.Datasets;
using Veil.Imaging;

namespace Veil.Cli.Options;

/// <summary>What a dataset's categories stand for, where their names do not say it.</summary>
internal sealed class CategoryOptions
{
    private readonly Option<string[]> _people = Names("--people", "Categories that show people beside those that the table knows (docs/datasets.md): repeated or with commas.");
    private readonly Option<string[]> _plates = Names("--plates", "Categories that show registration plates beside those that the table knows: repeated or with commas.");

    public void AddTo(Command command)
    {
        command.Add(_people);
        command.Add(_plates);
    }

    /// <summary>How to read a dataset; sizes of pictures come from their headers.</summary>
    public DatasetReadOptions Read(ParseResult parsed) => new()
    {
        People = Split(parsed.GetValue(_people)),
        Plates = Split(parsed.GetValue(_plates)),
        SizeOf = SizeOf,
    };

    private static PictureSize SizeOf(string path)
    {
        var picture = PictureFile.Identify(path);
        return new PictureSize(picture.Width, picture.Height);
    }

    private static Option<string[]> Names(string name, string description) => new(name) { Description = description, HelpName = "CATEGORY" };

    private static ImmutableHashSet<string> Split(string[]? names) => (names ?? [])
        .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
}
