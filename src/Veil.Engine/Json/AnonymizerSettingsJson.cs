using System.Text.Json;
using Veil.Anonymization;
using Veil.Detection;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;

namespace Veil;

/// <summary>
/// Settings as a JSON document: what the HTTP API takes and the studio keeps. Whatever is not named has its default; what is not
/// known is an error, with its place. <see cref="AnonymizerSettings.People"/>, <see cref="AnonymizerSettings.Limits"/>,
/// <see cref="AnonymizerSettings.Existing"/>, methods and detectors of a program's own are not part of it. Thread-safe.
/// </summary>
/// <example><c>{ "find": [ "plates", { "kind": "faces", "method": "pixelate", "options": { "grid": 6 }, "growth": 0.4 } ], "metadata": "safe" }</c></example>
public static class AnonymizerSettingsJson
{
    /// <summary>Reads settings.</summary>
    /// <param name="json">The document.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: not to be understood, unknown or out of range; the message begins with the place.</exception>
    public static AnonymizerSettings Read(JsonElement json)
    {
        var root = new JsonPlace(json, "$");
        root.AllowOnly("find", "detection", "tracking", "seed", "encoding", "metadata", "verify", "occlusions", "licence");
        var (start, encoding) = (new AnonymizerSettings(), root.Find("encoding"));
        encoding?.AllowOnly("format", "quality", "mode");
        return start with
        {
            Treatments = root.Find("find") is { } find ? [.. find.Items().Select(ReadTreatment)] : start.Treatments,
            Detection = root.Find("detection") is { } detection ? ReadDetection(detection) : start.Detection,
            Tracking = root.Find("tracking") is { } tracking ? ReadTracking(tracking) : start.Tracking,
            Seed = root.Find("seed")?.Int(),
            Encoding = new EncodeOptions
            {
                Format = encoding?.Find("format")?.Enum<PictureFormat>(),
                Quality = encoding?.Find("quality")?.Int(),
                Mode = encoding?.Find("mode")?.Enum<EncodeMode>() ?? default,
                Metadata = root.Find("metadata") is { } metadata ? new MetadataPolicy(metadata.Enum<MetadataLevel>(), CaptureDate.Drop) : MetadataPolicy.None,
            },
            Verify = root.Find("verify")?.Enum<VerifyOutput>() ?? start.Verify,
            Occlusions = root.Find("occlusions")?.Enum<KeptOcclusions>() ?? start.Occlusions,
            Licence = root.Find("licence")?.Enum<ModelLicenceFilter>() ?? start.Licence,
        };
    }

    /// <summary>Writes settings as <see cref="Read"/> reads them, with every treatment's options in full.</summary>
    /// <param name="json">Where to; gets one object.</param>
    /// <param name="settings">The settings.</param>
    public static void Write(Utf8JsonWriter json, AnonymizerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(settings);
        json.WriteStartObject();
        json.WriteStartArray("find");
        foreach (var treatment in settings.Treatments)
        {
            WriteTreatment(json, treatment);
        }

        json.WriteEndArray();
        json.WriteStartObject("detection");
        json.WriteTexts("detectors", settings.Detection.Detectors);
        WriteOptional(json, "threshold", settings.Detection.Threshold);
        json.WriteNumber("smallestFace", settings.Detection.SmallestFace);
        json.WriteString("effort", RegionJson.NameOf(settings.Detection.Effort));
        json.WriteString("masks", RegionJson.NameOf(settings.Detection.Masks));
        json.WriteEndObject();
        WriteTracking(json, settings.Tracking);
        if (settings.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        json.WriteStartObject("encoding");
        if (settings.Encoding.Format is { } format)
        {
            json.WriteString("format", RegionJson.NameOf(format));
        }

        if (settings.Encoding.Quality is { } quality)
        {
            json.WriteNumber("quality", quality);
        }

        json.WriteString("mode", RegionJson.NameOf(settings.Encoding.Mode));
        json.WriteEndObject();
        json.WriteString("metadata", RegionJson.NameOf(settings.Encoding.Metadata.Level));
        json.WriteString("verify", RegionJson.NameOf(settings.Verify));
        json.WriteString("occlusions", RegionJson.NameOf(settings.Occlusions));
        json.WriteString("licence", RegionJson.NameOf(settings.Licence));
        json.WriteEndObject();
    }

    private static KindTreatment ReadTreatment(JsonPlace json)
    {
        if (json.Element.ValueKind == JsonValueKind.String)
        {
            return new KindTreatment(Kind(json));
        }

        json.AllowOnly("kind", "method", "options", "growth", "shape", "softEdge");
        var treatment = new KindTreatment(Kind(json.Require("kind"))) { Method = json.Find("method")?.Text() };
        return treatment with
        {
            Options = json.Find("options") is { } options ? ReadOptions(treatment, options) : null,
            Growth = json.Find("growth")?.Float(),
            Shape = json.Find("shape")?.Enum<RegionShape>(),
            SoftEdge = json.Find("softEdge")?.Float(),
        };
    }

    private static MethodOptions ReadOptions(KindTreatment treatment, JsonPlace options)
    {
        var (method, preset) = Method(treatment);
        return MethodOptionsBinder.Bind(method, options.Element, preset?.Options);
    }

    private static (AnonymizerDescriptor Method, MethodPreset? Preset) Method(KindTreatment treatment)
    {
        var name = treatment.Method ?? MethodSuitability.DefaultFor(treatment.Kind);
        return name.Contains('/', StringComparison.Ordinal) ? Engine.Catalogues.Methods.FindPreset(name) : (Engine.Catalogues.Methods.Find(name), null);
    }

    private static RegionKind Kind(JsonPlace json) => RegionKinds.Find(json.Text())
        ?? throw json.Wrong($"one of {string.Join(", ", RegionKinds.Names)}", $"'{json.Text()}'");

    private static DetectionSettings ReadDetection(JsonPlace json)
    {
        json.AllowOnly("detectors", "threshold", "smallestFace", "effort", "masks");
        var start = new DetectionSettings();
        return start with
        {
            Detectors = json.Find("detectors") is { } detectors ? [.. detectors.Items().Select(item => item.Text())] : start.Detectors,
            Threshold = json.Find("threshold")?.Float(),
            SmallestFace = json.Find("smallestFace")?.Int() ?? start.SmallestFace,
            Effort = json.Find("effort")?.Enum<DetectionEffort>() ?? start.Effort,
            Masks = json.Find("masks")?.Enum<BodyMasks>() ?? start.Masks,
        };
    }

    private static TrackingPolicy? ReadTracking(JsonPlace json)
    {
        if (json.Element.ValueKind == JsonValueKind.False)
        {
            return null;
        }

        json.AllowOnly("detectEvery", "lookAhead", "hold");
        var start = new TrackingPolicy();
        var policy = start with
        {
            DetectEvery = json.Find("detectEvery")?.Int() ?? start.DetectEvery,
            LookAhead = json.Find("lookAhead")?.Int() ?? start.LookAhead,
            Hold = json.Find("hold")?.Int() ?? start.Hold,
        };
        Engine.Checked.Require(policy);
        return policy;
    }

    private static void WriteTreatment(Utf8JsonWriter json, KindTreatment treatment)
    {
        json.WriteStartObject();
        json.WriteString("kind", RegionKinds.NameOf(treatment.Kind));
        if (treatment.Method is { } method)
        {
            json.WriteString("method", method);
        }

        if (treatment.Options is { } options)
        {
            json.WriteStartObject("options");
            foreach (var (name, value) in MethodOptionsBinder.Write(options))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        WriteOptional(json, "growth", treatment.Growth);
        if (treatment.Shape is { } shape)
        {
            json.WriteString("shape", RegionJson.NameOf(shape));
        }

        WriteOptional(json, "softEdge", treatment.SoftEdge);
        json.WriteEndObject();
    }

    private static void WriteTracking(Utf8JsonWriter json, TrackingPolicy? policy)
    {
        if (policy is null)
        {
            json.WriteBoolean("tracking", false);
            return;
        }

        json.WriteStartObject("tracking");
        json.WriteNumber("detectEvery", policy.DetectEvery);
        json.WriteNumber("lookAhead", policy.LookAhead);
        json.WriteNumber("hold", policy.Hold);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, float? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
