using System.CommandLine;
using System.Globalization;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>Which method for which kind of region, with which options: by <c>--find KIND=METHOD</c>, <c>--method</c> or <c>--preset</c>, <c>--set</c> and <c>--generator</c>.</summary>
internal sealed class MethodChoice
{
    private readonly Option<string?> _method = new("--method", "-m")
    {
        Description = $"What happens to a region; 'veil methods' lists them. Default: {MethodSuitability.DefaultFor(RegionKind.Face)}; {MethodSuitability.DefaultFor(RegionKind.Plate)} for plates and text.",
        HelpName = "ID",
    };

    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "Exact settings of another tool or study; 'veil presets' lists them.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "An option of the method, e.g. --set grid=6, or plates.color=#204060 where kinds have methods of their own; may be repeated. 'veil methods ID' lists them.",
        HelpName = "[KIND.]NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "Seed of everything a method draws at random: same seed, same bytes.",
        HelpName = "N",
    };

    private readonly Option<string?> _generator = new("--generator")
    {
        Description = "An ONNX network of your own that paints people into crops, for method synthetic; docs/generators.md says what it takes and gives.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_method);
        command.Add(_preset);
        command.Add(_set);
        command.Add(_seed);
        command.Add(_generator);
    }

    /// <summary>A method for each kind that is to be found.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: not to be understood, unknown, out of range, or not for a kind.</exception>
    public ChosenMethods Read(ParseResult parsed, AnonymizerCatalog catalog)
    {
        var (named, wanted) = (Named(parsed, catalog), FindOption.Read(parsed));
        if (named is not null && wanted.Count > 0 && wanted.All(one => one.Method is not null))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"Method '{named.Method.Id}' is for nothing: --find names one for each kind.", "Leave out --method and --preset, or a method of --find.");
        }

        var kinds = FindOption.Kinds(parsed, named?.Preset);
        return Read(parsed, catalog, kinds, kinds);
    }

    /// <summary>A method for each kind of regions that are known already.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="catalog">The methods.</param>
    /// <param name="present">The kinds there are; at least one.</param>
    /// <exception cref="VeilException">As <see cref="Read(ParseResult, AnonymizerCatalog)"/>.</exception>
    public ChosenMethods Read(ParseResult parsed, AnonymizerCatalog catalog, IReadOnlyList<RegionKind> present) => Read(parsed, catalog, present, RegionKinds.All);

    private ChosenMethods Read(ParseResult parsed, AnonymizerCatalog catalog, IReadOnlyList<RegionKind> kinds, IReadOnlyList<RegionKind> possible)
    {
        var (named, wanted) = (Named(parsed, catalog), FindOption.Read(parsed).ToDictionary(one => one.Kind, one => one.Method));

        // All that could be asked for is checked, also where a file of regions has nothing of it.
        var starts = possible.ToDictionary(
            kind => kind,
            kind => wanted.GetValueOrDefault(kind) is { } own ? Find(own, catalog) : named ?? new(catalog.Find(MethodSuitability.DefaultFor(kind)), null));
        var sets = MethodSettings.Parse(parsed.GetValue(_set) ?? []);

        var common = named is not null ? kinds.Where(kind => wanted.GetValueOrDefault(kind) is null).ToList() : kinds;
        sets.Check(possible, common, kind => starts[kind].Method.Id);

        // Kinds that are not there have the named method, too, and with it what it needs: ksame is none without its gallery.
        var shared = named is null ? common : [.. possible.Where(kind => wanted.GetValueOrDefault(kind) is null)];
        var seed = parsed.GetValue(_seed) is { } number ? new[] { KeyValuePair.Create("seed", number.ToString(CultureInfo.InvariantCulture)) } : [];
        var generator = parsed.GetValue(_generator);
        RefuseForNothing(generator, [.. kinds.Select(kind => starts[kind].Method)]);
        var chosen = starts.ToDictionary(
            pair => pair.Key,
            pair => new ChosenMethod(
                pair.Value.Method,
                MethodOptionsBinder.Bind(pair.Value.Method, [.. Painter(generator, pair.Value.Method), .. sets.For(pair.Key, shared), .. seed], pair.Value.Preset?.Options),
                pair.Value.Preset));
        foreach (var kind in kinds)
        {
            MethodSuitability.Require(kind, chosen[kind].Method);
        }

        return new ChosenMethods(kinds.ToDictionary(kind => kind, kind => chosen[kind]));
    }

    private Start? Named(ParseResult parsed, AnonymizerCatalog catalog)
    {
        var (id, presetName) = (parsed.GetValue(_method), parsed.GetValue(_preset));
        if (presetName is null)
        {
            return id is null ? null : new(catalog.Find(id), null);
        }

        var (method, preset) = catalog.FindPreset(presetName);
        return id is null || id.Equals(method.Id, StringComparison.OrdinalIgnoreCase)
            ? new(method, preset)
            : throw new VeilException(VeilErrorCode.InvalidOption, $"Preset '{preset.Name}' is one of method '{method.Id}', not of '{id}'.", "Leave --method out.");
    }

    /// <summary>A method or, since these have a slash in their names, a preset.</summary>
    private static Start Find(string name, AnonymizerCatalog catalog)
    {
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            return new(catalog.Find(name), null);
        }

        var (method, preset) = catalog.FindPreset(name);
        return new(method, preset);
    }

    /// <summary>The generator as an option of a method; none where the method takes none. What --set says of a kind comes after it.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Painter(string? file, AnonymizerDescriptor method) =>
        file is not null && method.Defaults is SyntheticOptions ? [KeyValuePair.Create("generator", file)] : [];

    private static void RefuseForNothing(string? generator, IReadOnlyList<AnonymizerDescriptor> methods)
    {
        if (generator is not null && !methods.Any(method => method.Defaults is SyntheticOptions))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"--generator is for method synthetic, but the methods are {string.Join(", ", methods.Select(method => method.Id).Distinct())}.", "Add -m synthetic, or --find bodies=synthetic.");
        }
    }

    private sealed record Start(AnonymizerDescriptor Method, MethodPreset? Preset);
}
