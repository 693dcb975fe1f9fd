using System.Text.Json.Nodes;
using Veil.Anonymization;
using Veil.Regions;
using Veil.Studio.Api.Errors;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.OpenApi;

/// <summary>What the API answers with, as JSON Schema.</summary>
internal static class ViewSchemas
{
    /// <summary>The schemas.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> Components()
    {
        yield return ("Problem", Schemas.Object(
            ("type", Schemas.Text()), ("title", Schemas.Text()), ("status", Schemas.Integer(400, 599)), ("detail", Schemas.Text().Described("What was expected and what came.")),
            ("code", Schemas.OneOf(ApiErrors.All.Select(error => error.Code)).Described("Stable; programs rely on it.")),
            ("hint", Schemas.Text().Described("What to do; may be empty.")), ("requestId", Schemas.Text())).Described("RFC 9457."));
        yield return ("Job", Job());
        yield return ("JobPage", Schemas.Object(("jobs", Schemas.ArrayOf(Schemas.Ref("Job"))), ("next", Schemas.TextOrNull().Described("For `after`; null on the last page."))));
        yield return ("Region", Region());
        yield return ("Detections", Schemas.Object(
            ("width", Schemas.Count()), ("height", Schemas.Count()),
            ("frames", Schemas.ArrayOf(Schemas.Object(("index", Schemas.Count()), ("regions", Schemas.ArrayOf(Schemas.Ref("Region")))))),
            ("notes", Schemas.ArrayOf(Schemas.Text()))));
        yield return ("Report", Report());
        yield return ("MethodList", Schemas.Object(("methods", Schemas.ArrayOf(Schemas.Object(
            ("id", Schemas.Text()), ("summary", Schemas.Text()), ("guarantee", Schemas.OneOf<Guarantee>()),
            ("options", Schemas.ArrayOf(Schemas.Object(("name", Schemas.Text()), ("type", Schemas.Text()), ("range", Schemas.Text()), ("default", Schemas.Text()), ("description", Schemas.Text())))),
            ("presets", Schemas.ArrayOf(Schemas.Text())))))));
        yield return ("PresetList", Schemas.Object(("presets", Schemas.ArrayOf(Schemas.Object(
            ("name", Schemas.Text()), ("method", Schemas.Text()), ("source", Schemas.Text()), ("options", new JsonObject { ["type"] = "object", ["additionalProperties"] = Schemas.Text() }))))));
        yield return ("DetectorList", Schemas.Object(("detectors", Schemas.ArrayOf(Schemas.Object(
            ("id", Schemas.Text()), ("summary", Schemas.Text()), ("finds", Schemas.ArrayOf(Schemas.Ref("Kind"))), ("available", Schemas.Flag()), ("defaultForFaces", Schemas.Flag()))))));
        yield return ("Health", Schemas.Object(("status", Schemas.OneOf(["alive"]))));
        yield return ("Readiness", Schemas.Object(
            ("status", Schemas.OneOf(["ready", "not ready"])), ("reasons", Schemas.ArrayOf(Schemas.Object(("code", Schemas.Text()), ("message", Schemas.Text()))))));
    }

    private static JsonObject Job() => Schemas.Object(
        ("id", Schemas.JobId()),
        ("state", Schemas.OneOf<JobState>()),
        ("created", Schemas.Time()),
        ("started", Schemas.TimeOrNull().Described("When work on it began, the last time.")),
        ("finished", Schemas.TimeOrNull()),
        ("attempts", Schemas.Count().Described("How often work on it was begun.")),
        ("settings", Schemas.Ref("Settings")),
        ("inputs", Schemas.ArrayOf(Schemas.Object(("number", Schemas.Integer(1, null)), ("name", Schemas.Text()), ("bytes", Schemas.Count())))),
        ("progress", Schemas.Object(
            ("items", Schemas.Count().Described("Pictures and films; 0 while nobody has counted.")), ("itemsDone", Schemas.Count()), ("itemsFailed", Schemas.Count()),
            ("frame", Schemas.Count().Described("Frames of the present film that are done.")), ("frames", Nullable(Schemas.Count())), ("rate", Nullable(Schemas.Number(0, null)).Described("Items a second.")))),
        ("error", Nullable(Schemas.Object(("code", Schemas.Text()), ("message", Schemas.Text()), ("hint", Schemas.Text()))).Described("Why it failed.")),
        ("stopping", Schemas.Flag().Described("It was cancelled, and whoever works on it is about to stop.")),
        ("originalsDeleted", Schemas.TimeOrNull()),
        ("originalsDeletedBy", Schemas.Time().Described("The latest time at which uploaded originals are deleted, whatever happens.")),
        ("resultsDeletedBy", Schemas.TimeOrNull()));

    private static JsonObject Region()
    {
        var box = Schemas.ArrayOf(Schemas.Number(null, null));
        (box["minItems"], box["maxItems"]) = (4, 4);
        var point = Schemas.ArrayOf(Schemas.Number(null, null));
        (point["minItems"], point["maxItems"]) = (2, 2);
        return Schemas.Object(
            ["box", "kind", "score", "origin"],
            ("box", box.Described("Left, top, right, bottom: pixel edges of the upright picture.")),
            ("kind", Schemas.OneOf<RegionKind>()),
            ("score", Schemas.Number(0, 1)),
            ("origin", Schemas.Object(["source"], ("source", Schemas.OneOf<RegionSource>()), ("name", Schemas.Text()))),
            ("track", Schemas.Integer(null, null)),
            ("reference", box.DeepClone().AsObject()),
            ("person", Schemas.Integer(null, null)),
            ("landmarks", Schemas.ArrayOf(point)),
            ("outline", Schemas.ArrayOf(point.DeepClone().AsObject())));
    }

    private static JsonObject Report()
    {
        var report = Schemas.Object(
            ["format", "version", "command", "started", "seconds", "options", "models", "warnings", "counts", "items"],
            ("format", Schemas.OneOf(["veil-report"])), ("version", Schemas.Integer(1, null)), ("veil", Schemas.TextOrNull()), ("command", Schemas.Text()), ("started", Schemas.Time()), ("seconds", Schemas.Number(0, null)),
            ("options", new JsonObject { ["type"] = "object", ["additionalProperties"] = Schemas.Text() }),
            ("models", Schemas.ArrayOf(Schemas.Object(("id", Schemas.Text()), ("sha256", Schemas.Text()), ("licence", Schemas.Text()), ("limits", Schemas.Text())))),
            ("warnings", Schemas.ArrayOf(Schemas.Text())),
            ("counts", new JsonObject { ["type"] = "object" }),
            ("items", Schemas.ArrayOf(new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("file", "status", "milliseconds"),
                ["properties"] = new JsonObject { ["file"] = Schemas.Text(), ["status"] = Schemas.OneOf(["done", "failed", "not-a-picture"]) },
            })));
        return report.Described("What `veil anonymize` writes as its run report.");
    }

    private static JsonObject Nullable(JsonObject schema) => Schemas.AnyOf(schema, new JsonObject { ["type"] = "null" });
}
