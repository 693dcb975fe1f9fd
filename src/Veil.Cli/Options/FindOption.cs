using System.CommandLine;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary><c>--find KIND[=METHOD],…</c>: what to cover, and how each kind; one option for detectors and methods alike.</summary>
internal static class FindOption
{
    private static readonly Option<string[]> Find = new("--find")
    {
        Description = "What to cover: faces (default), heads, bodies, plates, text, several with commas, or image for the whole picture. "
            + "KIND=METHOD or KIND=PRESET says how, e.g. faces=gaussian,plates=solid; a kind without takes --method, else its own default (docs/regions.md).",
        HelpName = "KIND[=METHOD]",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds it, if the command does not have it yet.</summary>
    public static void AddTo(Command command)
    {
        if (!command.Options.Contains(Find))
        {
            command.Add(Find);
        }
    }

    /// <summary>What the user named, in the order in which kinds are drawn; empty for nothing.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: not to be understood, or a contradiction.</exception>
    public static IReadOnlyList<WantedKind> Read(ParseResult parsed)
    {
        if (parsed.GetResult(Find) is null)
        {
            return [];
        }

        var wanted = parsed.GetValue(Find)!.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)).Select(Parse).ToList();
        if (wanted.GroupBy(one => one.Kind).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"--find names {RegionKinds.NameOf(twice.Key)} more than once.", "Name each kind once, with one method.");
        }

        if (wanted.Count > 1 && wanted.Exists(one => one.Kind == RegionKind.Image))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--find image covers the whole picture, so that nothing else is left to be found.", "Leave out image, or all other kinds.");
        }

        return [.. RegionKinds.InOrder(wanted.Select(one => one.Kind)).Select(kind => wanted.First(one => one.Kind == kind))];
    }

    /// <summary>The kinds to find: what the user said, else what the preset is for, else faces.</summary>
    public static IReadOnlyList<RegionKind> Kinds(ParseResult parsed, MethodPreset? preset) =>
        Read(parsed) is { Count: > 0 } wanted ? [.. wanted.Select(one => one.Kind)] : [preset?.Finds ?? RegionKind.Face];

    /// <summary>The kinds to find for a command that covers nothing; methods are refused.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: as <see cref="Read"/>, or a method is named.</exception>
    public static IReadOnlyList<RegionKind> KindsAlone(ParseResult parsed) =>
        Read(parsed).FirstOrDefault(one => one.Method is not null) is { } named
            ? throw new VeilException(
                VeilErrorCode.InvalidOption,
                $"'veil {parsed.CommandResult.Command.Name}' covers nothing, so that {RegionKinds.NameOf(named.Kind)}={named.Method} has no use here.",
                $"Say --find {RegionKinds.NameOf(named.Kind)}; methods go to 'veil anonymize' and 'veil apply'.")
            : Kinds(parsed, preset: null);

    private static WantedKind Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var name = (at < 0 ? text : text[..at]).Trim();
        var kind = RegionKinds.Find(name) ?? throw new VeilException(
            VeilErrorCode.InvalidOption, $"--find expects a kind out of {string.Join(", ", RegionKinds.Names)}, but received '{name}'.", "For example: --find faces,plates");
        var method = at < 0 ? null : text[(at + 1)..].Trim();
        return method is "" ? throw new VeilException(VeilErrorCode.InvalidOption, $"--find {name}= names no method.", $"For example: --find {name}=solid") : new WantedKind(kind, method);
    }
}

/// <summary>A kind to find.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Method">The method or preset named for it; null for none.</param>
internal sealed record WantedKind(RegionKind Kind, string? Method);
