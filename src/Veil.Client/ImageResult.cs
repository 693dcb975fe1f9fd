namespace Veil.Client;

/// <summary>An anonymized picture. Disposing it ends the download.</summary>
public sealed class ImageResult : IDisposable
{
    private readonly HttpResponseMessage _response;

    internal ImageResult(HttpResponseMessage response, Stream content)
    {
        (_response, Content) = (response, content);
        MediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        Regions = int.TryParse(First("Veil-Regions"), out var regions) ? regions : 0;
        (Warnings, Notes, RequestId) = (Decoded("Veil-Warning"), Decoded("Veil-Note"), First("X-Request-Id"));
    }

    /// <summary>Its bytes, as they come.</summary>
    public Stream Content { get; }

    /// <summary>E.g. <c>image/jpeg</c>.</summary>
    public string MediaType { get; }

    /// <summary>Regions that were found and covered; with 0 the picture is worth a look.</summary>
    public int Regions { get; }

    /// <summary>What to know about the settings.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What to know about the picture.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Names the request in the server's log.</summary>
    public string RequestId { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _response.Dispose();
    }

    private string First(string header) => _response.Headers.TryGetValues(header, out var values) ? values.First() : "";

    private List<string> Decoded(string header) => _response.Headers.TryGetValues(header, out var values) ? [.. values.Select(Uri.UnescapeDataString)] : [];
}
