using System.Text.Json;

namespace Veil.Pipeline;

/// <summary>A model file that took part in a run.</summary>
/// <param name="Id">Id in the model manifest, or the file's name for a user's own.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
/// <param name="Licence">What its origin says.</param>
/// <param name="Limits">Where its origin limits its use; empty when it does not.</param>
public sealed record ReportedModel(string Id, string Sha256, string Licence, string Limits)
{
    /// <summary>Writes the property <c>models</c> of a report.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="models">In their order.</param>
    public static void WriteAll(Utf8JsonWriter json, IEnumerable<ReportedModel> models)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(models);
        json.WriteStartArray("models");
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("id", model.Id);
            json.WriteString("sha256", model.Sha256);
            json.WriteString("licence", model.Licence);
            json.WriteString("limits", model.Limits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
