using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Veil.Anonymization;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Imaging;
using Veil.Studio.Api.Errors;

namespace Veil.Studio.Api.Work;

/// <summary>The settings of a request: from the query or as a JSON document, never both. What reads files of the server is refused.</summary>
internal static class ApiSettings
{
    private static readonly string[] TreatmentNumbers = ["growth", "softEdge"];
    private static readonly string[] DetectionNames = ["threshold", "smallestFace", "effort", "masks"];
    private static readonly string[] EncodingNames = ["format", "quality", "mode"];
    private static readonly string[] PlainNames = ["seed", "metadata", "verify", "occlusions", "licence"];

    /// <summary>Reads the settings of a request.</summary>
    /// <param name="query">Its query.</param>
    /// <param name="document">The document that came with it; null for none.</param>
    /// <param name="limits">How large a picture may be.</param>
    /// <exception cref="ApiException">Both are there, or an option reads files of the server.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public static AnonymizerSettings Read(IQueryCollection query, JsonElement? document, PictureLimits limits)
    {
        if (query.Count > 0 && document is not null)
        {
            throw new ApiException(ApiErrors.BadRequest, "Expected settings in the query or as a document, but received both.");
        }

        return Read(document ?? JsonSerializer.SerializeToElement(FromQuery(query)), limits);
    }

    /// <summary>Reads a document.</summary>
    public static AnonymizerSettings Read(JsonElement document, PictureLimits limits)
    {
        var settings = AnonymizerSettingsJson.Read(document) with { Limits = limits };
        foreach (var treatment in settings.Treatments)
        {
            RequireNoFiles(treatment);
        }

        return settings;
    }

    /// <summary>The document that says the same: one text for one meaning.</summary>
    public static string Write(AnonymizerSettings settings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            AnonymizerSettingsJson.Write(json, settings);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void RequireNoFiles(KindTreatment treatment)
    {
        var name = treatment.Method ?? MethodSuitability.DefaultFor(treatment.Kind);
        var (method, preset) = name.Contains('/', StringComparison.Ordinal) ? Engine.Catalogues.Methods.FindPreset(name) : (Engine.Catalogues.Methods.Find(name), null);
        if (method.Files(treatment.Options ?? preset?.Options ?? method.Defaults).Count > 0)
        {
            throw new ApiException(ApiErrors.OptionNotAllowed, $"Method '{method.Id}' would read files of the server with these options.");
        }
    }

    private static JsonObject FromQuery(IQueryCollection query)
    {
        var (options, treatment) = (new JsonObject(), new JsonObject());
        var (detection, encoding, settings) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var (name, values) in query)
        {
            var value = values.Count == 1 ? values[0] ?? "" : throw new ApiException(ApiErrors.BadRequest, $"Expected the query parameter '{name}' once, but received it {values.Count} times.");
            switch (name)
            {
                case "find":
                    break;
                case "detectors":
                    detection[name] = List(value);
                    break;
                case "method" or "shape":
                    treatment[name] = value;
                    break;
                case var _ when TreatmentNumbers.Contains(name):
                    treatment[name] = Scalar(value);
                    break;
                case var _ when DetectionNames.Contains(name):
                    detection[name] = Scalar(value);
                    break;
                case var _ when EncodingNames.Contains(name):
                    encoding[name] = Scalar(value);
                    break;
                case var _ when PlainNames.Contains(name):
                    settings[name] = Scalar(value);
                    break;
                default:
                    options[name] = value;
                    break;
            }
        }

        var kinds = query.TryGetValue("find", out var named) ? List(named.ToString()) : ["faces"];
        settings["find"] = new JsonArray([.. kinds.Select(kind => Treat(kind!.GetValue<string>(), treatment, options))]);
        settings["detection"] = detection;
        settings["encoding"] = encoding;
        return settings;
    }

    private static JsonObject Treat(string kind, JsonObject treatment, JsonObject options)
    {
        var own = treatment.DeepClone().AsObject();
        own["kind"] = kind;
        if (options.Count > 0)
        {
            RequireKnown(kind, treatment, options);
            own["options"] = options.DeepClone();
        }

        return own;
    }

    // A misspelt parameter is taken for an option: the answer should say so rather than speak of a method that nobody named.
    private static void RequireKnown(string kind, JsonObject treatment, JsonObject options)
    {
        var name = treatment["method"]?.GetValue<string>() ?? (Veil.Regions.RegionKinds.Find(kind) is { } known ? MethodSuitability.DefaultFor(known) : "veil");
        var method = name.Contains('/', StringComparison.Ordinal) ? Engine.Catalogues.Methods.FindPreset(name).Method : Engine.Catalogues.Methods.Find(name);
        var names = MethodOptionsBinder.Describe(method).Select(option => Plain(option.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (options.FirstOrDefault(option => !names.Contains(Plain(option.Key))).Key is { } unknown)
        {
            throw new ApiException(
                ApiErrors.UnknownParameter,
                $"'{Excerpt.Of(unknown, 40)}' is no setting, and no option of method '{method.Id}', which has {string.Join(", ", MethodOptionsBinder.Describe(method).Select(option => option.Name))}.");
        }
    }

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private static JsonArray List(string value) => [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => (JsonNode)item)];

    private static JsonNode Scalar(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : value;
}
