using Veil.Anonymization;
using Veil.Detection;
using Veil.Errors;
using Veil.Options;
using Veil.Pipeline;

namespace Veil.Studio.Languages;

/// <summary>
/// What the engine calls and says things, in the user's language. English is what descriptors and errors say themselves; other languages stand in
/// <c>Text/Catalogue.de.resx</c> by the names of methods, options, presets and detectors, and in <c>Text/Errors.de.resx</c> by the codes of errors.
/// What is not there, e.g. a method of the user's own, keeps its own words.
/// </summary>
internal sealed class EngineWords(CurrentLanguage current)
{
    private readonly TextTable _methods = new("Methods", current.Language);
    private readonly TextTable? _catalogue = current.Language == StudioLanguage.English ? null : new TextTable("Catalogue", current.Language);
    private readonly TextTable? _errors = current.Language == StudioLanguage.English ? null : new TextTable("Errors", current.Language);

    /// <summary>Whose settings they are where a detector has them.</summary>
    public static string OwnerOf(DetectorDescriptor detector) => "detector." + detector.Id;

    /// <summary>What a method is called.</summary>
    public EngineText NameOf(AnonymizerDescriptor method) => Known(_methods.Find(method.Id + ".Name"), method.Id);

    /// <summary>What a method looks like and promises.</summary>
    public EngineText WordsOf(AnonymizerDescriptor method) => Known(_methods.Find(method.Id + ".Words"), method.Summary);

    /// <summary>Where the settings of a preset come from.</summary>
    public EngineText WordsOf(MethodPreset preset) => Known(_catalogue?.Find("preset." + preset.Name), preset.Source);

    /// <summary>What a detector is.</summary>
    public EngineText WordsOf(DetectorDescriptor detector) => Known(_catalogue?.Find(OwnerOf(detector)), detector.Summary);

    /// <summary>What an option is called.</summary>
    public EngineText NameOf(OptionDescription option) => Known(_catalogue?.Find("option." + option.Name), Readable(option.Name));

    /// <summary>What an option does.</summary>
    /// <param name="owner">The method's id, or <see cref="OwnerOf"/>.</param>
    /// <param name="option">The option.</param>
    public EngineText WordsOf(string owner, OptionDescription option) => Known(_catalogue?.Find($"{owner}.{option.Name}") ?? _catalogue?.Find(option.Name), option.Description);

    /// <summary>What one of an option's choices is called.</summary>
    /// <param name="owner">The method's id, or <see cref="OwnerOf"/>.</param>
    /// <param name="option">The option.</param>
    /// <param name="choice">One of its choices.</param>
    public EngineText NameOf(string owner, OptionDescription option, string choice) => Known(_catalogue?.Find($"{owner}.{option.Name}.{choice}"), Readable(choice));

    /// <summary>The values that an option takes; empty where any is.</summary>
    public string RangeOf(OptionDescription option) =>
        _catalogue is not null && option.Range.Split(", or ") is [var one, var other] ? _catalogue.Format("RangeOr", Span(one), Span(other)) : Span(option.Range);

    /// <summary>A sentence of the engine, e.g. a finding.</summary>
    public EngineText Of(string sentence) => Known(_errors is null ? null : Sentences.Translate(sentence, current.Language), sentence);

    /// <summary>An error.</summary>
    public ErrorText Of(VeilException error) => Of(error.Code.ToString(), error.Message, error.Hint);

    /// <summary>Why an item failed.</summary>
    public ErrorText Of(ItemError error) => Of(error.Code, error.Message, error.Hint);

    /// <summary>An error by its code.</summary>
    /// <param name="code">A <see cref="VeilErrorCode"/>, or what was written down of one.</param>
    /// <param name="message">What happened, in English.</param>
    /// <param name="hint">What to do, in English; may be empty.</param>
    public ErrorText Of(string code, string message, string hint)
    {
        if (_errors is null)
        {
            return new ErrorText(message, hint, "");
        }

        var known = _errors.Find(code) is null ? nameof(VeilErrorCode.UnexpectedFailure) : code;
        var said = Sentences.Translate(message, current.Language);
        var todo = hint.Length > 0 ? Sentences.Translate(hint, current.Language) : said is null ? null : "";
        return new ErrorText(said ?? _errors[known], todo ?? _errors[known + ".Hint"], said is null ? message : "");
    }

    private EngineText Known(string? translated, string own) => translated is not null ? new EngineText(translated, null) : new EngineText(own, _errors is null ? null : StudioLanguage.English.Code);

    private string Span(string range) => _catalogue is not null && range.Split("..") is [var from, var to] ? _catalogue.Format("RangeTo", from, to) : range;

    // "kernel-size": "Kernel size".
    private static string Readable(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');
}
