using System.CommandLine;
using Veil.Anonymization;
using Veil.Errors;

namespace Veil.Cli.Options;

/// <summary>Which method, with which options: by name and <c>--set</c>, or by preset.</summary>
internal sealed class MethodChoice
{
    /// <summary>The method used when none is named.</summary>
    public const string Default = "veil";

    private readonly Option<string?> _method = new("--method", "-m")
    {
        Description = $"What happens to a region; 'veil methods' lists them. Default: {Default}.",
        HelpName = "ID",
    };

    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "Exact settings of another tool or study; 'veil presets' lists them.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "An option of the method, e.g. --set grid=6; may be repeated. 'veil methods ID' lists them.",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "Seed of everything a method draws at random: same seed, same bytes.",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Add(_method);
        command.Add(_preset);
        command.Add(_set);
        command.Add(_seed);
    }

    public ChosenMethod Read(ParseResult parsed, AnonymizerCatalog catalog)
    {
        var (method, preset) = Start(parsed.GetValue(_method), parsed.GetValue(_preset), catalog);
        var pairs = (parsed.GetValue(_set) ?? []).Select(Pair).ToList();
        if (parsed.GetValue(_seed) is { } seed)
        {
            pairs.Add(new("seed", seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return new ChosenMethod(method, MethodOptionsBinder.Bind(method, pairs, preset?.Options), preset);
    }

    private static (AnonymizerDescriptor Method, MethodPreset? Preset) Start(string? id, string? presetName, AnonymizerCatalog catalog)
    {
        if (presetName is null)
        {
            return (catalog.Find(id ?? Default), null);
        }

        var (method, preset) = catalog.FindPreset(presetName);
        return id is null || id.Equals(method.Id, StringComparison.OrdinalIgnoreCase)
            ? (method, preset)
            : throw new VeilException(VeilErrorCode.InvalidOption, $"Preset '{preset.Name}' is one of method '{method.Id}', not of '{id}'.", "Leave --method out.");
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new VeilException(VeilErrorCode.InvalidOption, $"--set expects NAME=VALUE, but received '{text}'.", "For example: --set grid=6");
    }
}

/// <summary>A method with its options, and the preset they started from.</summary>
internal sealed record ChosenMethod(AnonymizerDescriptor Method, MethodOptions Options, MethodPreset? Preset)
{
    public IAnonymizer Create() => Method.Create(Options);
}
