using System.Globalization;
using System.Text.Json.Nodes;
using Veil.Anonymization;
using Veil.Detection;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Onnx.Models;
using Veil.Options;
using Veil.Regions;
using Veil.Studio.Api.Operations;

namespace Veil.Studio.Api.OpenApi;

/// <summary>The settings as JSON Schema, with the options of every method as its descriptor gives them.</summary>
internal static class SettingsSchema
{
    /// <summary>The settings that are query parameters. Options of the method come under their own names beside them.</summary>
    public static IReadOnlyList<ApiParameter> QueryParameters { get; } =
    [
        new("find", "What to find and cover, separated by commas; faces by default.", () => Schemas.Text().Described("Out of " + string.Join(", ", RegionKinds.Names))) { Example = "faces,plates" },
        new("method", "A method or a preset; veil by default, solid for plates and text. Its options are query parameters, too, e.g. `grid=6` for pixelate.", () => Schemas.OneOf(MethodNames)) { Example = "pixelate" },
        new("growth", "Growth of each region on every side, as a fraction of its size.", () => Schemas.Number(0, null)),
        new("shape", "Shape of the covered area.", () => Schemas.OneOf<RegionShape>()),
        new("softEdge", "Width of the soft edge outside the covered area, as a fraction of its longer side.", () => Schemas.Number(0, null)),
        new("detectors", "Detectors, separated by commas; the best that is present by default.", Schemas.Text),
        new("threshold", "Lowest score that counts.", () => Schemas.Number(0, 1)),
        new("smallestFace", "Shorter side of the smallest face wanted, pixels.", () => Schemas.Integer(1, null)),
        new("effort", "How hard to look.", () => Schemas.OneOf<DetectionEffort>()),
        new("masks", "Whether people are told from the background in their boxes.", () => Schemas.OneOf<BodyMasks>()),
        new("format", "Format of the result; as the original by default.", () => Schemas.OneOf<PictureFormat>()) { Example = "png" },
        new("quality", "Quality of lossy formats.", () => Schemas.Integer(1, 100)),
        new("mode", "How much is coded anew.", () => Schemas.OneOf<EncodeMode>()),
        new("seed", "Seed of everything drawn at random: same seed, same bytes.", () => Schemas.Integer(int.MinValue, int.MaxValue)),
        new("metadata", "Which metadata the result carries; none by default.", () => Schemas.OneOf<MetadataLevel>()),
        new("verify", "Whether the result is checked before it is given out.", () => Schemas.OneOf<VerifyOutput>()),
        new("occlusions", "Whether what is in front of faces stays, with methods that ask for it.", () => Schemas.OneOf<KeptOcclusions>()),
        new("licence", "Which models may be used.", () => Schemas.OneOf<ModelLicenceFilter>()),
    ];

    private static IEnumerable<string> MethodNames => CatalogueOperations.Offered.Select(method => method.Id).Concat(CatalogueOperations.Offered.SelectMany(method => method.Presets.Select(preset => preset.Name)));

    /// <summary>The schemas.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> Components()
    {
        yield return ("Settings", Schemas.Object([],
            ("find", Schemas.ArrayOf(Schemas.Ref("Treatment")).Described("What to find and cover, one entry a kind; faces by default.")),
            ("detection", Schemas.Object([],
                ("detectors", Schemas.ArrayOf(Schemas.Text()).Described("Ids of detectors, see /v1/detectors; empty for the best that is present.")),
                ("threshold", Schemas.Number(0, 1).Described("Lowest score that counts.")),
                ("smallestFace", Schemas.Integer(1, null).Described("Shorter side of the smallest face wanted, pixels.")),
                ("effort", Schemas.OneOf<DetectionEffort>()),
                ("masks", Schemas.OneOf<BodyMasks>()))),
            ("tracking", Schemas.AnyOf(
                new JsonObject { ["const"] = false },
                Schemas.Object([], ("detectEvery", Schemas.Integer(1, null)), ("lookAhead", Schemas.Integer(0, null)), ("hold", Schemas.Integer(0, null))))
                .Described("How regions are carried from frame to frame of films; false leaves each frame by itself.")),
            ("seed", Schemas.Integer(int.MinValue, int.MaxValue).Described("Same seed, same bytes.")),
            ("encoding", Schemas.Object([], ("format", Schemas.OneOf<PictureFormat>()), ("quality", Schemas.Integer(1, 100)), ("mode", Schemas.OneOf<EncodeMode>()))),
            ("metadata", Schemas.OneOf<MetadataLevel>().Described("Which metadata results carry; none by default.")),
            ("verify", Schemas.OneOf<VerifyOutput>().Described("Whether results are checked before they are given out.")),
            ("occlusions", Schemas.OneOf<KeptOcclusions>()),
            ("licence", Schemas.OneOf<ModelLicenceFilter>().Described("Which models may be used."))).Described("What to find, what happens to it, and how results are written. Whatever is not named has its default."));
        yield return ("Kind", Schemas.OneOf(RegionKinds.Names));
        yield return ("Treatment", Schemas.AnyOf([Schemas.Ref("Kind"), Treatment(null), .. CatalogueOperations.Offered.Select(method => Schemas.Ref("Treatment." + method.Id))]));
        foreach (var method in CatalogueOperations.Offered)
        {
            yield return ("Treatment." + method.Id, Treatment(method));
            yield return ("Options." + method.Id, Options(method));
        }
    }

    private static JsonObject Treatment(AnonymizerDescriptor? method)
    {
        (string, JsonObject)[] common =
        [
            ("kind", Schemas.Ref("Kind")),
            ("growth", Schemas.Number(0, null).Described("Growth of each region on every side, as a fraction of its size.")),
            ("shape", Schemas.OneOf<RegionShape>()),
            ("softEdge", Schemas.Number(0, null).Described("Width of the soft edge outside, as a fraction of the longer side.")),
        ];
        return method is null
            ? Schemas.Object(["kind"], common).Described("The kind's default method.")
            : Schemas.Object(["kind", "method"], [
                .. common,
                ("method", Schemas.OneOf([method.Id, .. method.Presets.Select(preset => preset.Name)])),
                ("options", Schemas.Ref("Options." + method.Id))]).Described(method.Summary);
    }

    private static JsonObject Options(AnonymizerDescriptor method) =>
        Schemas.Object([], [.. MethodOptionsBinder.Describe(method).Select(option => (option.Name, Option(option)))]).Described($"Options of {method.Id}: {method.Summary}");

    private static JsonObject Option(OptionDescription option)
    {
        var (least, most) = RangeOf(option.Range);
        var schema = option.Type switch
        {
            "integer" => Schemas.AnyOf(Schemas.Integer((long?)least, (long?)most), Schemas.Text()),
            "number" => Schemas.AnyOf(Schemas.Number(least, most), Schemas.Text()),
            "length" => Schemas.AnyOf(Schemas.Number(null, null), Schemas.Text()),
            "colour" or "text" => Schemas.Text(),
            _ => Schemas.OneOf(option.Type.Split('|')),
        };
        schema["description"] = string.Join("; ", new[] { option.Description, option.Range.Length > 0 ? "range " + option.Range : "" }.Where(part => part.Length > 0));
        if (option.Default.Length > 0)
        {
            schema["default"] = option.Default;
        }

        return schema;
    }

    private static (double? Least, double? Most) RangeOf(string range)
    {
        var ends = range.Split("..");
        return ends.Length == 2 && double.TryParse(ends[0], CultureInfo.InvariantCulture, out var least) && double.TryParse(ends[1], CultureInfo.InvariantCulture, out var most)
            && Math.Abs(least) < long.MaxValue && Math.Abs(most) < long.MaxValue ? (least, most) : (null, null);
    }
}
