using System.Net;
using System.Text.Json.Nodes;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Studio.Tests.Api.Isolation;

/// <summary>Workers of the real program in their sandbox: what they make is what they make without.</summary>
public sealed class SandboxedServerTests : IDisposable
{
    private static readonly string[] Formats = ["jpeg", "png", "webp", "tiff", "gif", "avif", "bmp"];
    private static readonly string[] Methods = ["veil", "pixelate", "gaussian", "median", "inpaint", "emoji", "blocks"];
    private static readonly string[] Kinds = ["bodies", "heads", "faces", "plates", "text"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SandboxFact]
    public async Task Pictures_of_every_format_and_method_come_out_byte_for_byte_alike()
    {
        await using var labs = await Labs.StartAsync();
        var picture = TestPicture.Png();
        var queries = Formats.Select(format => "/v1/images?find=image&method=solid&format=" + format)
            .Concat(Methods.Select(method => "/v1/images?find=image&method=" + method))
            .Concat(Kinds.Select(kind => "/v1/detections?find=" + kind));

        foreach (var query in queries)
        {
            Assert.Equal("200", (await labs.AlikeAsync(query, picture))[..3]);
        }
    }

    [SandboxFact]
    public async Task Hostile_files_end_alike()
    {
        await using var labs = await Labs.StartAsync();
        var files = SharedData.Has("hostile") ? Directory.GetFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0).Select(File.ReadAllBytes)
            : [TestPicture.Png()[..40], "no picture"u8.ToArray(), [.. "GIF89a"u8, .. new byte[100]]];

        foreach (var file in files)
        {
            await labs.AlikeAsync("/v1/images" + ApiLab.Whole, file);
        }
    }

    [SandboxFilmFact]
    public async Task Films_come_out_byte_for_byte_alike()
    {
        await using var labs = await Labs.StartAsync();
        var film = await File.ReadAllBytesAsync(Clip.Make(_folder["film.mp4"], "-f lavfi -i testsrc=size=320x240:rate=10:duration=1 -f lavfi -i sine=duration=1 -c:v libx264 -c:a aac"));

        Assert.Equal(await ResultAsync(labs.Plain, film), await ResultAsync(labs.Sandboxed, film));
    }

    [SandboxTheory]
    [InlineData(FakeWorker.Crash)]
    [InlineData(FakeWorker.DieHalfway)]
    public async Task A_crash_costs_one_answer_in_the_sandbox_too(int width)
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Worker = FakeWorker.Command(_folder.FullPath), Sandbox = SandboxMode.Required });

        using var crash = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(width)));
        using var after = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()));

        await ApiLab.ProblemAsync(crash, 422, "WorkerCrashed");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        await Eventually.TrueAsync(() => !Directory.EnumerateFiles(lab.Data, "*.veil-tmp", SearchOption.AllDirectories).Any());
    }

    [SandboxFact]
    public async Task Jobs_take_files_from_allowed_folders()
    {
        _folder.Write("allowed/a.png", TestPicture.Png());
        await using var lab = await ApiLab.StartAsync(options => options with { Worker = ApiLab.RealWorker, Sandbox = SandboxMode.Required, AllowedRoots = [_folder["allowed"]] });

        using var created = await lab.PostAsync("/v1/jobs", new StringContent(
            new JsonObject { ["paths"] = new JsonArray(_folder["allowed"]), ["settings"] = JsonNode.Parse("""{"find":[{"kind":"image","method":"solid"}]}""") }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("done", (await lab.EndAsync((await ApiLab.JsonAsync(created))["id"]!.GetValue<string>()))["state"]!.GetValue<string>());
    }

    [SandboxFact]
    public async Task The_kernel_says_that_workers_are_held_and_the_server_says_so_at_its_start()
    {
        using var server = await ServeProcess.StartAsync(_folder["data"], null, "--no-keys");
        await Eventually.TrueAsync(() => Processes.ChildrenOf(server.Id).Any(worker => File.ReadAllText($"/proc/{worker}/status").Contains("\nSeccomp:\t2\n", StringComparison.Ordinal)));

        Assert.Contains(SandboxSupport.Description, server.Said, StringComparison.Ordinal);
        Assert.All(Processes.ChildrenOf(server.Id), worker => Assert.Contains("\nNoNewPrivs:\t1\n", File.ReadAllText($"/proc/{worker}/status"), StringComparison.Ordinal));

        using var without = await ServeProcess.StartAsync(_folder["other"], null, "--no-keys", "--sandbox", "none");
        await Eventually.TrueAsync(() => Processes.ChildrenOf(without.Id).Count > 0);
        Assert.Contains("--sandbox none", without.Said, StringComparison.Ordinal);
    }

    private static async Task<byte[]> ResultAsync(ApiLab lab, byte[] film)
    {
        var id = await lab.CreateJobAsync(("files", "film.mp4", film));
        Assert.Equal("done", (await lab.EndAsync(id))["state"]!.GetValue<string>());
        using var result = await lab.GetAsync($"/v1/jobs/{id}/result");
        return await result.Content.ReadAsByteArrayAsync();
    }

    /// <summary>One server with a sandbox and one without.</summary>
    private sealed record Labs(ApiLab Sandboxed, ApiLab Plain) : IAsyncDisposable
    {
        public static async Task<Labs> StartAsync() => new(
            await ApiLab.StartAsync(options => options with { Worker = ApiLab.RealWorker, Sandbox = SandboxMode.Required }),
            await ApiLab.StartAsync(options => options with { Worker = ApiLab.RealWorker, Sandbox = SandboxMode.None }));

        /// <summary>Both answer alike.</summary>
        /// <returns>Status and bytes, or the problem without its number.</returns>
        public async Task<string> AlikeAsync(string query, byte[] body)
        {
            var (one, other) = (await AnswerAsync(Sandboxed, query, body), await AnswerAsync(Plain, query, body));
            Assert.True(one == other, $"{query}, {body.Length} bytes: {Short(one)}, but without a sandbox {Short(other)}");
            return one;
        }

        public async ValueTask DisposeAsync()
        {
            await Sandboxed.DisposeAsync();
            await Plain.DisposeAsync();
        }

        private static async Task<string> AnswerAsync(ApiLab lab, string query, byte[] body)
        {
            using var response = await lab.PostAsync(query, ApiLab.Body(body, "application/octet-stream"));
            var bytes = await response.Content.ReadAsByteArrayAsync();
            if (response.IsSuccessStatusCode)
            {
                return (int)response.StatusCode + " " + Convert.ToHexString(bytes);
            }

            var problem = JsonNode.Parse(bytes)!;
            return $"{(int)response.StatusCode} {problem["code"]} {problem["detail"]} {problem["hint"]}";
        }

        private static string Short(string text) => text.Length > 300 ? text[..300] + "…" : text;
    }
}
