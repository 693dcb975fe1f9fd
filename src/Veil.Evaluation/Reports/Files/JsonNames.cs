using System.Globalization;
using System.Text.Json;

namespace Veil.Evaluation.Reports.Files;

/// <summary>How the report's words and numbers are spelt in JSON.</summary>
internal static class JsonNames
{
    /// <summary>In camel case.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A number, or the name of one that JSON lacks; nothing for null.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WritePropertyName(name);
            WriteNumber(json, number);
        }
    }

    /// <summary>A number, or the name of one that JSON lacks.</summary>
    public static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
