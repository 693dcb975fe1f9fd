using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Veil.Anonymization;
using Veil.Engine.Runs;
using Veil.Onnx.Models;
using Veil.Options;
using Veil.Regions;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.OpenApi;

namespace Veil.Studio.Api.Operations;

/// <summary>What there is to choose from.</summary>
internal static class CatalogueOperations
{
    private const string Tag = "Catalogue";

    /// <summary>The methods that the API offers: all but those that cannot do without files of the server.</summary>
    internal static IReadOnlyList<AnonymizerDescriptor> Offered { get; } = [.. Engine.Catalogues.Methods.All.Where(method => method.Files(method.Defaults).Count == 0)];

    /// <summary><c>GET /v1/methods</c>.</summary>
    public static ApiOperation Methods { get; } = new("GET", "/v1/methods", "listMethods", "List the methods with their options", context => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["methods"] = new JsonArray([.. Offered.Select(Describe)]),
    }))
    {
        Tag = Tag,
        Answers = [ApiAnswer.Json(200, "The methods.", () => Schemas.Ref("MethodList"))],
        Errors = [ApiErrors.UnknownParameter],
    };

    /// <summary><c>GET /v1/presets</c>.</summary>
    public static ApiOperation Presets { get; } = new("GET", "/v1/presets", "listPresets", "List exact settings of other tools and studies", context => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["presets"] = new JsonArray([.. Offered.SelectMany(method => method.Presets.Select(preset => Describe(method, preset)))]),
    }))
    {
        Tag = Tag,
        Answers = [ApiAnswer.Json(200, "The presets.", () => Schemas.Ref("PresetList"))],
        Errors = [ApiErrors.UnknownParameter],
    };

    /// <summary><c>GET /v1/detectors</c>.</summary>
    public static ApiOperation Detectors { get; } = new("GET", "/v1/detectors", "listDetectors", "List the detectors, and which can run here", context => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, ListDetectors()))
    {
        Tag = Tag,
        Answers = [ApiAnswer.Json(200, "The detectors.", () => Schemas.Ref("DetectorList"))],
        Errors = [ApiErrors.UnknownParameter],
    };

    private static JsonObject Describe(AnonymizerDescriptor method) => new()
    {
        ["id"] = method.Id,
        ["summary"] = method.Summary,
        ["guarantee"] = RegionJson.NameOf(method.Guarantee),
        ["options"] = new JsonArray([.. MethodOptionsBinder.Describe(method).Select(Describe)]),
        ["presets"] = new JsonArray([.. method.Presets.Select(preset => (JsonNode)preset.Name)]),
    };

    private static JsonObject Describe(OptionDescription option) => new()
    {
        ["name"] = option.Name, ["type"] = option.Type, ["range"] = option.Range, ["default"] = option.Default, ["description"] = option.Description,
    };

    private static JsonObject Describe(AnonymizerDescriptor method, MethodPreset preset) => new()
    {
        ["name"] = preset.Name,
        ["method"] = method.Id,
        ["source"] = preset.Source,
        ["options"] = new JsonObject(MethodOptionsBinder.Write(preset.Options).Select(option => KeyValuePair.Create(option.Key, (JsonNode?)option.Value))),
    };

    private static JsonObject ListDetectors()
    {
        var store = ModelStore.Default();
        var onnx = Engine.Catalogues.Onnx(store);
        var catalog = Engine.Catalogues.Detectors(onnx, store);
        var chosen = onnx.Default().Detector.Id;
        return new JsonObject
        {
            ["detectors"] = new JsonArray([.. catalog.All.Select(detector => (JsonNode)new JsonObject
            {
                ["id"] = detector.Id,
                ["summary"] = detector.Summary,
                ["finds"] = new JsonArray([.. detector.Kinds.Select(kind => (JsonNode)RegionKinds.NameOf(kind))]),
                ["available"] = DefaultDetectors.WhyNot(detector, store) is null,
                ["defaultForFaces"] = detector.Id == chosen,
            })]),
        };
    }
}
