using Veil.Anonymization;
using Veil.Errors;

namespace Veil.Evaluation.Treatments;

/// <summary>Reads what is to be compared from words, e.g. <c>veil gaussian:sigma=0.1 data-anonymization/blocks</c>.</summary>
public static class TreatmentList
{
    /// <summary>Every method at its defaults.</summary>
    public const string Methods = "methods";

    /// <summary>Every method at every strength that its descriptor names, from strong to weak as it has them.</summary>
    public const string Strengths = "strengths";

    /// <summary>Every preset.</summary>
    public const string Presets = "presets";

    /// <summary>
    /// Treatments in the order named, each once, <see cref="Treatment.Original"/> always first. A word is a method, a method with
    /// options (<c>pixelate:grid=4:style=smooth</c>), a method with all its strengths (<c>pixelate:*</c>), a preset, or one of
    /// the three names for many. Words may also be joined by commas.
    /// </summary>
    /// <param name="words">At least one.</param>
    /// <param name="catalog">The methods.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown, or out of range; the message names the known ones.</exception>
    /// <remarks>The names for many leave out what cannot be had without the user's own files: a gallery, a picture.</remarks>
    public static IReadOnlyList<Treatment> Parse(IEnumerable<string> words, AnonymizerCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(catalog);
        var named = words.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (named.Count == 0)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Expected at least one method to compare, but received none.", "For example: --methods veil gaussian:sigma=0.1");
        }

        return [.. named.SelectMany(word => Read(word, catalog)).Prepend(Treatment.Original).DistinctBy(treatment => (treatment.Method?.Id, treatment.Options, treatment.Preset?.Name))];
    }

    private static IEnumerable<Treatment> Read(string word, AnonymizerCatalog catalog)
    {
        switch (word)
        {
            case "original":
                return [Treatment.Original];
            case Methods:
                return Free(catalog).Select(method => new Treatment(method.Id, method, method.Defaults));
            case Strengths:
                return Free(catalog).SelectMany(method => AtEveryStrength(method));
            case Presets:
                return catalog.All.SelectMany(method => method.Presets.Select(preset => new Treatment(preset.Name, method, preset.Options, preset)));
            default:
                break;
        }

        if (word.Contains('/', StringComparison.Ordinal) && !word.Contains('=', StringComparison.Ordinal))
        {
            var (method, preset) = catalog.FindPreset(word);
            return [new Treatment(preset.Name, method, preset.Options, preset)];
        }

        var parts = word.Split(':');
        var wanted = catalog.Find(parts[0]);
        return parts is [_, "*"] ? AtEveryStrength(wanted) : [With(wanted, parts[1..])];
    }

    private static IEnumerable<AnonymizerDescriptor> Free(AnonymizerCatalog catalog) => catalog.All.Where(method => !method.Needs.HasFlag(MethodNeeds.UsersFiles));

    private static IEnumerable<Treatment> AtEveryStrength(AnonymizerDescriptor method) =>
        method.Strengths.Select(options => With(method, options.Split(':', StringSplitOptions.RemoveEmptyEntries)));

    private static Treatment With(AnonymizerDescriptor method, IReadOnlyList<string> options)
    {
        var pairs = options.Select(option => option.Split('=', 2)).ToList();
        if (pairs.Find(pair => pair.Length < 2) is { } broken)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"Expected options as {method.Id}:NAME=VALUE, but received '{broken[0]}'.", $"'veil methods {method.Id}' lists its options.");
        }

        var bound = MethodOptionsBinder.Bind(method, pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        return new Treatment(string.Join(':', options.Prepend(method.Id)), method, bound);
    }
}
