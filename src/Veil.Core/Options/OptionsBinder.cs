using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;

namespace Veil.Options;

/// <summary>
/// Reads an options record from text, and describes it. Names match in any case, with or without hyphens
/// (<c>kernel-size</c>, <c>kernelSize</c>); numbers are always written with a point.
/// </summary>
/// <param name="subject">Whose options, as errors begin: <c>Method 'pixelate'</c>.</param>
/// <param name="shared">The base record; what it declares is listed last.</param>
internal readonly struct OptionsBinder(string subject, Type shared)
{
    /// <summary>Sets properties by name; a name given twice takes its last value. Ranges are not checked.</summary>
    /// <param name="options">A fresh copy, changed in place.</param>
    /// <param name="values">Names and values.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown or unreadable; the message names the known ones.</exception>
    public void Assign(object options, IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
        {
            Assign(options, name, value);
        }
    }

    /// <summary>The members of a JSON object; values may be strings, numbers, or null, which is left out.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: not an object, or a value of another kind.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(object defaults, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"{subject}: expected the options as a JSON object, but received {json.ValueKind}.", Hint(defaults));
        }

        var pairs = new List<KeyValuePair<string, string>>();
        try
        {
            foreach (var property in json.EnumerateObject())
            {
                if (Text(defaults, property) is { } text)
                {
                    pairs.Add(new(property.Name, text));
                }
            }
        }
        catch (InvalidOperationException error) when (error.TargetSite?.DeclaringType?.Assembly == typeof(JsonElement).Assembly)
        {
            // The parser takes texts as they are; bytes that are no characters show when one is read.
            throw new VeilException(VeilErrorCode.InvalidOption, $"{subject}: a name or text among its options is not valid Unicode.", Hint(defaults), error);
        }

        return pairs;
    }

    /// <summary>The options in words, the record's own first, shared ones last.</summary>
    public IReadOnlyList<OptionDescription> Describe(object defaults) =>
    [
        .. Properties(defaults).Select(property => new OptionDescription(
            NameOf(property),
            TypeOf(property.PropertyType),
            RangeOf(property),
            ToText(property.GetValue(defaults)),
            property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "")),
    ];

    /// <summary>The values as text that <see cref="Assign(object, IEnumerable{KeyValuePair{string, string}})"/> reads back.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Write(object options) =>
        [.. Properties(options).Select(property => KeyValuePair.Create(NameOf(property), ToText(property.GetValue(options))))];

    /// <summary>Checks every value against the range that its property carries.</summary>
    /// <param name="options">The options.</param>
    /// <param name="hint">What lists them.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a value is out of range.</exception>
    public void Validate(object options, string hint)
    {
        var broken = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), broken, validateAllProperties: true))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"{subject}: " + string.Join(" ", broken.Select(result => result.ErrorMessage)), hint);
        }
    }

    private string? Text(object defaults, JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => property.Value.GetString() ?? "",
        JsonValueKind.Number => property.Value.GetRawText(),
        var kind => throw new VeilException(
            VeilErrorCode.InvalidOption, $"{subject}: expected option '{property.Name}' as text or a number, but received {kind}.", Hint(defaults)),
    };

    private void Assign(object options, string name, string value)
    {
        var property = Properties(options).FirstOrDefault(candidate => string.Equals(Plain(candidate.Name), Plain(name), StringComparison.OrdinalIgnoreCase))
            ?? throw new VeilException(VeilErrorCode.InvalidOption, $"{subject} has no option '{name}'.", Hint(options));
        property.SetValue(options, Read(property.PropertyType, value) ?? throw new VeilException(
            VeilErrorCode.InvalidOption,
            $"{subject}: expected {TypeOf(property.PropertyType)} for option '{NameOf(property)}', but received '{value}'.",
            Hint(options)));
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

    private static string ToText(object? value) => value switch
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

    private string Hint(object options) =>
        "Known options: " + string.Join("; ", Describe(options).Select(option =>
            $"{option.Name} ({string.Join(", ", new[] { option.Type, option.Range }.Where(part => part.Length > 0))}; default '{option.Default}')")) + ".";

    private IEnumerable<PropertyInfo> Properties(object options)
    {
        var last = shared;
        return options.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .OrderBy(property => property.DeclaringType == last);
    }

    private static string NameOf(PropertyInfo property) => Hyphenated(property.Name);

    private static string Hyphenated(string name) => string.Concat(name.Select((letter, i) =>
        char.IsUpper(letter) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Trim();

    private static InvalidOperationException UnknownType(Type type) =>
        new($"Expected an option of type Length, Rgb, an enumeration, a number or a string, but found {type.Name}.");
}
