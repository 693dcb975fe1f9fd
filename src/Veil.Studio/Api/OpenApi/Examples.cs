using System.Text.Json.Nodes;

namespace Veil.Studio.Api.OpenApi;

/// <summary>Examples in the document. A test holds them against their schemas.</summary>
internal static class Examples
{
    private const string Id = "4c9z1w7k0m2r5t8v3x6y9b1d4f";

    /// <summary>Settings.</summary>
    public static JsonNode Settings() => JsonNode.Parse("""{ "find": [ "plates", { "kind": "faces", "method": "pixelate", "options": { "grid": 6 }, "growth": 0.4 } ], "metadata": "safe" }""")!;

    /// <summary>A job that waits.</summary>
    public static JsonNode Job() => JsonNode.Parse($$"""
        {
          "id": "{{Id}}", "state": "queued", "created": "2026-11-20T09:30:00Z", "started": null, "finished": null, "attempts": 0,
          "settings": { "find": [ { "kind": "faces" } ], "metadata": "none" },
          "inputs": [ { "number": 1, "name": "party.mp4", "bytes": 7340032 } ],
          "progress": { "items": 0, "itemsDone": 0, "itemsFailed": 0, "frame": 0, "frames": null, "rate": null },
          "error": null, "stopping": false, "originalsDeleted": null, "originalsDeletedBy": "2026-11-21T09:30:00Z", "resultsDeletedBy": null
        }
        """)!;

    /// <summary>Regions.</summary>
    public static JsonNode Detections() => JsonNode.Parse("""
        { "width": 640, "height": 480, "frames": [ { "index": 0, "regions": [ { "box": [ 210.5, 96.25, 288, 190 ], "kind": "face", "score": 0.9871, "origin": { "source": "detector", "name": "scrfd" } } ] } ], "notes": [] }
        """)!;
}
