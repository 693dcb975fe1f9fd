using System.Text.Json.Nodes;

namespace Veil.Studio.Api.Operations;

/// <summary>An answer that is no problem.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">What it means.</param>
internal sealed record ApiAnswer(int Status, string Description)
{
    /// <summary>Media types with their JSON schemas; empty for an answer without a body.</summary>
    public IReadOnlyList<(string MediaType, Func<JsonObject> Schema)> Content { get; init; } = [];

    /// <summary>Headers that it carries: name, description, schema.</summary>
    public IReadOnlyList<(string Name, string Description, Func<JsonObject> Schema)> Headers { get; init; } = [];

    /// <summary>An example of its body; null for none.</summary>
    public Func<JsonNode>? Example { get; init; }

    /// <summary>An answer in JSON.</summary>
    public static ApiAnswer Json(int status, string description, Func<JsonObject> schema) => new(status, description) { Content = [("application/json", schema)] };
}
