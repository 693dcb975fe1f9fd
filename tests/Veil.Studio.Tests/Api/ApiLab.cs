using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Veil.Pipeline.Isolation;
using Veil.Pipeline.Isolation.Sandbox;
using Veil.Studio.Api;
using Veil.Studio.Api.Isolation;
using Veil.Studio.Api.Keys;

namespace Veil.Studio.Tests.Api;

/// <summary>A server of its own in this process, and a client that holds every answer against the OpenAPI document.</summary>
internal sealed class ApiLab : IAsyncDisposable
{
    private ApiLab(TemporaryFolder folder, ApiServer server, string key)
    {
        (Folder, Server, Key) = (folder, server, key);
        Http = new HttpClient(Contract) { BaseAddress = server.Address, Timeout = Eventually.Patience };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public TemporaryFolder Folder { get; }

    public ApiServer Server { get; }

    public string Key { get; }

    public ContractHandler Contract { get; } = new();

    public HttpClient Http { get; }

    public string Data => Folder["data"];

    public ApiKeyFile Keys => new(Data, TimeProvider.System);

    public static async Task<ApiLab> StartAsync(Func<ApiOptions, ApiOptions>? configure = null)
    {
        var folder = new TemporaryFolder();

        // The workers of tests leave marks in folders that a sandbox would keep from them.
        var options = new ApiOptions { DataFolder = folder["data"], Sandbox = SandboxMode.None };
        var key = new ApiKeyFile(options.DataFolder, TimeProvider.System).Add("tests", null).Text;
        options = options with { Limits = options.Limits with { MaxTime = TimeSpan.FromMinutes(5) }, Runner = options.Runner with { Poll = TimeSpan.FromMilliseconds(100), Heartbeat = TimeSpan.FromMilliseconds(100) } };
        return new ApiLab(folder, await ApiServer.StartAsync(configure?.Invoke(options) ?? options), key);
    }

    /// <summary>A worker of the real program, as <c>veil serve</c> starts it.</summary>
    public static WorkerCommand RealWorker { get; } = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "veil.dll"), "serve", "--as-worker"], AnonymizingWorker.Options)
    {
        Environment = WorkerEnvironment.WithoutSecrets(),
    };

    /// <summary>Covers a whole picture, which needs no model.</summary>
    public const string Whole = "?find=image&method=solid";

    public static ByteArrayContent Body(byte[] bytes, string type = "image/png") => new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    public static MultipartFormDataContent Form(string? settings, params (string Part, string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (part, name, bytes) in files)
        {
            form.Add(new ByteArrayContent(bytes), part, name);
        }

        if (settings is not null)
        {
            form.Add(new StringContent(settings, Encoding.UTF8, "application/json"), "settings");
        }

        return form;
    }

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => Http.PostAsync(new Uri(path, UriKind.Relative), content);

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Creates a job that covers whole pictures.</summary>
    public async Task<string> CreateJobAsync(params (string Part, string Name, byte[] Bytes)[] files)
    {
        using var response = await PostAsync("/v1/jobs", Form("""{"find":[{"kind":"image","method":"solid"}]}""", files));
        Assert.Equal(201, (int)response.StatusCode);
        return (await JsonAsync(response))["id"]!.GetValue<string>();
    }

    /// <summary>Waits until a job has ended.</summary>
    public async Task<JsonNode> EndAsync(string id)
    {
        for (var until = DateTime.UtcNow + Eventually.Patience; DateTime.UtcNow < until; await Task.Delay(50))
        {
            using var response = await GetAsync("/v1/jobs/" + id);
            var job = await JsonAsync(response);
            if (job["state"]!.GetValue<string>() is "done" or "failed" or "cancelled")
            {
                return job;
            }
        }

        throw new TimeoutException("The job did not end.");
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>The answer is a problem with this status and code.</summary>
    public static async Task<JsonNode> ProblemAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"expected {status} {code}, but received {(int)response.StatusCode}: {(text.Length > 500 ? text[..500] : text)}");
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
