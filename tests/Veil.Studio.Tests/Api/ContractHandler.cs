using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Veil.Studio.Tests.Api;

/// <summary>Holds every answer against the OpenAPI document: is the status documented, the media type, the body, the headers?</summary>
internal sealed class ContractHandler : DelegatingHandler
{
    private JsonObject? _document;

    public ContractHandler()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
    }

    /// <summary>Operation and status of every answer, e.g. <c>getJob 404</c>.</summary>
    public HashSet<string> Seen { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var document = _document ??= await DocumentAsync(request.RequestUri!, cancellationToken);
        if (request.Method != HttpMethod.Head && request.Method != HttpMethod.Options && OperationOf(document, request) is { } operation)
        {
            await CheckAsync(document, operation, request, response, cancellationToken);
        }

        return response;
    }

    private async Task<JsonObject> DocumentAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/openapi/v1.json"));
        using var response = await base.SendAsync(request, cancellationToken);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!.AsObject();
    }

    private static JsonObject? OperationOf(JsonObject document, HttpRequestMessage request) => document["paths"]!.AsObject()
        .Where(path => Regex.IsMatch(request.RequestUri!.AbsolutePath, "^" + Regex.Replace(path.Key, @"\{\w+\}", "[^/]+") + "$"))
#pragma warning disable CA1308
        .Select(path => path.Value![request.Method.Method.ToLowerInvariant()]?.AsObject()).FirstOrDefault();
#pragma warning restore CA1308

    private async Task CheckAsync(JsonObject document, JsonObject operation, HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var what = $"{request.Method} {request.RequestUri!.PathAndQuery} → {status}";
        lock (Seen)
        {
            Seen.Add($"{operation["operationId"]} {status}");
        }

        var documented = operation["responses"]![status]?.AsObject();
        Assert.True(documented is not null, $"{what}: the status is not documented");
        Assert.True(response.Headers.Contains("X-Request-Id"), what);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        foreach (var header in response.Headers.Concat(response.Content.Headers).Select(header => header.Key).Where(name => name.StartsWith("Veil-", StringComparison.Ordinal) || name is "Location" or "Content-Disposition" or "Retry-After"))
        {
            Assert.True(documented["headers"]!.AsObject().ContainsKey(header), $"{what}: header {header} is not documented");
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (documented["content"] is not JsonObject content)
        {
            Assert.True(type is null, $"{what}: expected no body, but received {type}");
            return;
        }

        Assert.True(type is not null && content.ContainsKey(type), $"{what}: media type {type} is not documented");
        if (type.EndsWith("json", StringComparison.Ordinal))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var errors = new JsonSchemaCheck(document).Check(body, content[type]!["schema"]!.AsObject());
            Assert.True(errors.Count == 0, $"{what}: {string.Join("; ", errors)}");
            if (type == "application/problem+json")
            {
                Assert.Equal((int)response.StatusCode, body!["status"]!.GetValue<int>());
                Assert.DoesNotContain("   at ", body.ToJsonString(), StringComparison.Ordinal);
            }
        }
    }
}
