using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Veil.Errors;
using Veil.Imaging;

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
        foreach (var (name, value) in values)
        {
            Assign(method, options, name, value);
        }

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
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"Expected the options of method '{method.Id}' as a JSON object, but received {json.ValueKind}.", Hint(method));
        }

        try
        {
            return Bind(method, Pairs(method, json).ToList(), start);
        }
        catch (InvalidOperationException error) when (error.TargetSite?.DeclaringType?.Assembly == typeof(JsonElement).Assembly)
        {
            // The parser takes texts as they are; bytes that are no characters show when one is read.
            throw new VeilException(VeilErrorCode.InvalidOption, $"Method '{method.Id}': a name or text among its options is not valid Unicode.", Hint(method), error);
        }
    }

    /// <summary>The method's options in words, its own first, those of every method last.</summary>
    public static IReadOnlyList<MethodOption> Describe(AnonymizerDescriptor method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return [.. Properties(method.Defaults).Select(property => new MethodOption(
            NameOf(property),
            TypeOf(property.PropertyType),
            RangeOf(property),
            Write(property.GetValue(method.Defaults)),
            property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? ""))];
    }

    /// <summary>The values of options as text that <see cref="Bind(AnonymizerDescriptor, IEnumerable{KeyValuePair{string, string}}, MethodOptions?)"/> reads back: for reports.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(MethodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. Properties(options).Select(property => KeyValuePair.Create(NameOf(property), Write(property.GetValue(options))))];
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(AnonymizerDescriptor method, JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
        {
            var value = property.Value;
            switch (value.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.String:
                    yield return KeyValuePair.Create(property.Name, value.GetString() ?? "");
                    break;
                case JsonValueKind.Number:
                    yield return KeyValuePair.Create(property.Name, value.GetRawText());
                    break;
                default:
                    throw new VeilException(
                        VeilErrorCode.InvalidOption,
                        $"Method '{method.Id}': expected option '{property.Name}' as text or a number, but received {value.ValueKind}.",
                        Hint(method));
            }
        }
    }

    private static void Assign(AnonymizerDescriptor method, MethodOptions options, string name, string value)
    {
        var property = Properties(options).FirstOrDefault(candidate => string.Equals(Plain(candidate.Name), Plain(name), StringComparison.OrdinalIgnoreCase))
            ?? throw new VeilException(VeilErrorCode.InvalidOption, $"Method '{method.Id}' has no option '{name}'.", Hint(method));
        property.SetValue(options, Read(property.PropertyType, value) ?? throw new VeilException(
            VeilErrorCode.InvalidOption,
            $"Method '{method.Id}': expected {TypeOf(property.PropertyType)} for option '{NameOf(property)}', but received '{value}'.",
            Hint(method)));
    }

    private static object? Read(Type type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type.IsEnum)
        {
            // Names only: a number would also be accepted where no choice has it.
            var plain = Plain(text);
            var match = Enum.GetNames(type).FirstOrDefault(choice => string.Equals(choice, plain, StringComparison.OrdinalIgnoreCase));
            return match is null ? null : Enum.Parse(type, match);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => text,
            TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var integer) ? integer : null,
            TypeCode.Single => float.TryParse(text, NumberStyles.Float, culture, out var single) && float.IsFinite(single) ? single : null,
            TypeCode.Double => double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null,
            _ when type == typeof(Length) => Length.TryParse(text, culture, out var length) ? length : null,
            _ when type == typeof(Rgb) => Rgb.TryParse(text, culture, out var colour) ? colour : null,
            _ => throw UnknownType(type),
        };
    }

    private static string Write(object? value) => value switch
    {
        null => "",
        Enum choice => Hyphenated(choice.ToString()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => string.Join('|', Enum.GetNames(type).Select(Hyphenated)),
        TypeCode.String => "text",
        TypeCode.Int32 => "integer",
        TypeCode.Single or TypeCode.Double => "number",
        _ when type == typeof(Length) => "length",
        _ when type == typeof(Rgb) => "colour",
        _ => throw UnknownType(type),
    };

    private static string RangeOf(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum}..{range.Maximum}")
            : property.GetCustomAttribute<LengthRangeAttribute>()?.ToString() ?? "";

    private static string Hint(AnonymizerDescriptor method) =>
        "Known options: " + string.Join("; ", Describe(method).Select(option =>
            $"{option.Name} ({string.Join(", ", new[] { option.Type, option.Range }.Where(part => part.Length > 0))}; default '{option.Default}')")) + ".";

    /// <summary>Declared by the method's own record first.</summary>
    private static IEnumerable<PropertyInfo> Properties(MethodOptions options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .OrderBy(property => property.DeclaringType == typeof(MethodOptions));

    private static string NameOf(PropertyInfo property) => Hyphenated(property.Name);

    private static string Hyphenated(string name) => string.Concat(name.Select((letter, i) =>
        char.IsUpper(letter) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Trim();

    private static InvalidOperationException UnknownType(Type type) =>
        new($"Expected an option of type Length, Rgb, an enumeration, a number or a string, but found {type.Name}.");
}
