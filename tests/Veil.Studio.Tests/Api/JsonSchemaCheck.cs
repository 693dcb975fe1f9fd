using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Veil.Studio.Tests.Api;

/// <summary>Holds JSON against the words of JSON Schema that the API's document uses; any other word is an error, so that none is passed over.</summary>
/// <param name="document">The OpenAPI document that references lead into.</param>
internal sealed class JsonSchemaCheck(JsonObject document)
{
    private static readonly string[] Annotations = ["description", "default", "format", "example"];

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IReadOnlyList<string> Check(JsonNode? value, JsonObject schema, string place = "$")
    {
        var errors = new List<string>();
        foreach (var (word, rule) in schema)
        {
            switch (word)
            {
                case "$ref":
                    errors.AddRange(Check(value, Resolve(rule!.GetValue<string>()), place));
                    break;
                case "type":
                    var types = rule is JsonArray several ? several.Select(type => type!.GetValue<string>()) : [rule!.GetValue<string>()];
                    if (!types.Any(type => IsOf(value, type)))
                    {
                        errors.Add($"{place}: expected {rule.ToJsonString()}, but it is {value?.ToJsonString() ?? "null"}");
                    }

                    break;
                case "enum":
                    if (!rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)))
                    {
                        errors.Add($"{place}: {value?.ToJsonString()} is not among {rule.ToJsonString()}");
                    }

                    break;
                case "const":
                    if (!JsonNode.DeepEquals(rule, value))
                    {
                        errors.Add($"{place}: expected {rule?.ToJsonString()}");
                    }

                    break;
                case "anyOf":
                    if (rule!.AsArray().All(one => Check(value, one!.AsObject(), place).Count > 0))
                    {
                        errors.Add($"{place}: {value?.ToJsonString()} fits none of {rule.AsArray().Count} schemas");
                    }

                    break;
                case "required":
                    errors.AddRange(rule!.AsArray().Select(name => name!.GetValue<string>()).Where(name => value is JsonObject o && !o.ContainsKey(name)).Select(name => $"{place}.{name} is missing"));
                    break;
                case "properties":
                    errors.AddRange(rule!.AsObject().Where(_ => value is JsonObject).SelectMany(property =>
                        value!.AsObject().TryGetPropertyValue(property.Key, out var own) ? Check(own, property.Value!.AsObject(), $"{place}.{property.Key}") : []));
                    break;
                case "additionalProperties":
                    errors.AddRange(Additional(value, schema, rule!, place));
                    break;
                case "items":
                    errors.AddRange(value is JsonArray items ? items.SelectMany((item, i) => Check(item, rule!.AsObject(), $"{place}[{i}]")) : []);
                    break;
                case "minItems" when value is JsonArray few && few.Count < rule!.GetValue<int>():
                case "maxItems" when value is JsonArray many && many.Count > rule!.GetValue<int>():
                case "minimum" when IsOf(value, "number") && Number(value) < Number(rule):
                case "maximum" when IsOf(value, "number") && Number(value) > Number(rule):
                case "pattern" when IsOf(value, "string") && !Regex.IsMatch(value!.GetValue<string>(), rule!.GetValue<string>()):
                    errors.Add($"{place}: {word} is {rule!.ToJsonString()}, but it is {value!.ToJsonString()}");
                    break;
                case "minItems" or "maxItems" or "minimum" or "maximum" or "pattern":
                case var _ when Annotations.Contains(word):
                    break;
                default:
                    errors.Add($"{place}: the schema says '{word}', which this check does not know");
                    break;
            }
        }

        return errors;
    }

    /// <summary>A component.</summary>
    public JsonObject Resolve(string reference)
    {
        JsonNode node = document;
        foreach (var name in reference.Split('/').Skip(1))
        {
            node = node[name] ?? throw new InvalidOperationException($"'{reference}' leads nowhere");
        }

        return node.AsObject();
    }

    private IEnumerable<string> Additional(JsonNode? value, JsonObject schema, JsonNode rule, string place)
    {
        if (value is not JsonObject members)
        {
            return [];
        }

        var others = members.Where(member => schema["properties"]?.AsObject().ContainsKey(member.Key) != true);
        return rule is JsonObject own ? others.SelectMany(member => Check(member.Value, own, $"{place}.{member.Key}")) : others.Select(member => $"{place}.{member.Key} is not known");
    }

    private static double Number(JsonNode? value) => double.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool IsOf(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        ("null", null or System.Text.Json.JsonValueKind.Null) => true,
        ("string", System.Text.Json.JsonValueKind.String) => true,
        ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
        ("object", System.Text.Json.JsonValueKind.Object) => true,
        ("array", System.Text.Json.JsonValueKind.Array) => true,
        ("number", System.Text.Json.JsonValueKind.Number) => true,
        ("integer", System.Text.Json.JsonValueKind.Number) => double.IsInteger(Number(value)),
        _ => false,
    };
}
