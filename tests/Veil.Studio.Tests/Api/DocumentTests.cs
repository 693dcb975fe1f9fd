using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Veil.Studio.Api.Errors;

namespace Veil.Studio.Tests.Api;

public sealed class DocumentTests : IAsyncLifetime
{
    private ApiLab _lab = null!;

    public async Task InitializeAsync() => _lab = await ApiLab.StartAsync();

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_example_fits_its_schema()
    {
        var document = await ReadAsync();
        var check = new JsonSchemaCheck(document);
        foreach (var reference in Regex.Matches(document.ToJsonString(), "\"\\$ref\":\"(#[^\"]+)\"").Select(match => match.Groups[1].Value).Distinct())
        {
            check.Resolve(reference);
        }

        var examples = Media(document).Where(media => media["example"] is not null).ToList();
        Assert.True(examples.Count > 5);
        Assert.All(examples, media => Assert.Empty(check.Check(media["example"], media["schema"]!.AsObject())));
    }

    [Fact]
    public async Task Microsofts_reader_takes_the_document_without_a_complaint()
    {
        var result = Microsoft.OpenApi.OpenApiDocument.Parse((await ReadAsync()).ToJsonString(), "json");

        Assert.Empty(result.Diagnostic!.Errors);
        Assert.Equal(_lab.Server.Operations.Count, result.Document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public async Task Every_method_that_is_listed_has_its_options_in_the_schema_of_settings()
    {
        var document = await ReadAsync();
        using var response = await _lab.GetAsync("/v1/methods");
        var methods = (await ApiLab.JsonAsync(response))["methods"]!.AsArray();
        using var presets = await _lab.GetAsync("/v1/presets");
        using var detectors = await _lab.GetAsync("/v1/detectors");

        Assert.All(methods, method =>
        {
            var options = document["components"]!["schemas"]!["Options." + method!["id"]]!["properties"]!.AsObject().Select(option => option.Key);
            Assert.Equal(method["options"]!.AsArray().Select(option => option!["name"]!.GetValue<string>()), options);
        });
        Assert.DoesNotContain(methods, method => method!["id"]!.GetValue<string>() is "image" or "ksame");
        Assert.NotEmpty((await ApiLab.JsonAsync(presets))["presets"]!.AsArray());
        Assert.NotEmpty((await ApiLab.JsonAsync(detectors))["detectors"]!.AsArray());
    }

    [Fact]
    public async Task The_page_to_try_it_loads_nothing_from_afar()
    {
        using var root = await _lab.GetAsync("/");
        using var page = await _lab.GetAsync("/docs");
        using var script = await _lab.GetAsync("/docs/rapidoc-min.js");

        Assert.Equal("/docs", root.Headers.Location!.ToString());
        Assert.DoesNotContain("http", Regex.Replace(await page.Content.ReadAsStringAsync(), "http-equiv", ""), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
        Assert.True(script.IsSuccessStatusCode);
    }

    [Fact]
    public void The_documented_table_of_errors_is_complete()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "api.md"));
        var rows = Regex.Matches(page, @"^\| `(\w+)` \| (\d{3}) \| (.+?) \|$", RegexOptions.Multiline).Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value)).ToList();

        Assert.Equal(ApiErrors.All.Select(error => (error.Code, error.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Title)), rows);
        Assert.Equal(ApiErrors.All.Count, ApiErrors.All.Select(error => error.Code).Distinct().Count());
    }

    private static IEnumerable<JsonObject> Media(JsonNode? node) => node switch
    {
        JsonObject media when media.ContainsKey("schema") && media.ContainsKey("example") && !media.ContainsKey("in") => [media],
        JsonObject other => other.SelectMany(member => Media(member.Value)),
        JsonArray items => items.SelectMany(Media),
        _ => [],
    };

    private async Task<JsonObject> ReadAsync() => (await ApiLab.JsonAsync(await _lab.GetAsync("/openapi/v1.json"))).AsObject();
}
