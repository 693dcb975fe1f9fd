using System.Text.Json;
using System.Text.Json.Nodes;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Work;

/// <summary>What a job keeps of its request.</summary>
/// <param name="Settings">The settings, in full.</param>
/// <param name="Fingerprint">Tells requests apart that bear the same Idempotency-Key.</param>
internal sealed record JobRequest(JsonElement Settings, string Fingerprint)
{
    /// <summary>As the queue keeps it.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new JsonObject { ["settings"] = JsonNode.Parse(Settings.GetRawText()), ["fingerprint"] = Fingerprint });

    /// <summary>Of a job.</summary>
    public static JobRequest Of(Job job) => new(job.Settings.GetProperty("settings"), job.Settings.GetProperty("fingerprint").GetString() ?? "");
}
