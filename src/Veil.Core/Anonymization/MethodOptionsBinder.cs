using System.Text.Json;
using Veil.Errors;
using Veil.Options;

namespace Veil.Anonymization;

/// <summary>
/// Reads a method's options from text, and describes them. Names match in any case, with or without hyphens
/// (<c>kernel-size</c>, <c>kernelSize</c>); numbers are always written with a point. Thread-safe.
/// </summary>
public static class MethodOptionsBinder
{
    /// <summary>Options from <c>name=value</c> pairs; a name given twice takes its last value.</summary>
    /// <param name="method">Whose options.</param>
    /// <param name="values">Names and values.</param>
    /// <param name="start">What to start from, e.g. a preset's options; the method's defaults when null.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown, unreadable or out of range; the message names the known ones.</exception>
    public static MethodOptions Bind(AnonymizerDescriptor method, IEnumerable<KeyValuePair<string, string>> values, MethodOptions? start = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(values);
        var options = (start ?? method.Defaults) with { };
        Binder(method).Assign(options, values);
        method.Validate(options);
        return options;
    }

    /// <summary>Options from a JSON object; values may be strings, numbers, or null for the default.</summary>
    /// <param name="method">Whose options.</param>
    /// <param name="json">The object.</param>
    /// <param name="start">What to start from, e.g. a preset's options; the method's defaults when null.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: not an object, or an option is unknown, unreadable or out of range.</exception>
    public static MethodOptions Bind(AnonymizerDescriptor method, JsonElement json, MethodOptions? start = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Bind(method, Binder(method).Pairs(method.Defaults, json), start);
    }

    /// <summary>The method's options in words, its own first, those of every method last.</summary>
    public static IReadOnlyList<OptionDescription> Describe(AnonymizerDescriptor method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Binder(method).Describe(method.Defaults);
    }

    /// <summary>The values of options as text that <see cref="Bind(AnonymizerDescriptor, IEnumerable{KeyValuePair{string, string}}, MethodOptions?)"/> reads back: for reports.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(MethodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionsBinder("Method", typeof(MethodOptions)).Write(options);
    }

    private static OptionsBinder Binder(AnonymizerDescriptor method) => new($"Method '{method.Id}'", typeof(MethodOptions));
}
