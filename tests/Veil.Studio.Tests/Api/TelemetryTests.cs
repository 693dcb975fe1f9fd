using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Veil.Studio.Tests.Api;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_traces_go_where_the_operator_says_and_name_nobody()
    {
        await using var collector = await Collector.StartAsync();
        const string Secret = "grandmother-at-the-lake";
        string key;
        await using (var lab = await ApiLab.StartAsync(options => options with { Telemetry = collector.Address }))
        {
            key = lab.Key;
            using var image = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Form(null, ("image", Secret + ".png", TestPicture.Png())));
            Assert.True(image.IsSuccessStatusCode);
            await lab.EndAsync(await lab.CreateJobAsync(("files", Secret + ".png", TestPicture.Png())));
        }

        var all = string.Join('\n', collector.Received.Select(one => one.Path + " " + one.Body));
        Assert.Contains("/v1/metrics", all, StringComparison.Ordinal);
        Assert.Contains("/v1/traces", all, StringComparison.Ordinal);
        foreach (var name in new[] { "http.server.request.duration", "veil.step.duration", "veil.queue.wait", "veil.items", "veil.regions", "POST /v1/images", "queue wait", "encode", "decode" })
        {
            Assert.Contains(name, all, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_', 3)[2], all, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, all, StringComparison.Ordinal);
    }

    /// <summary>Takes what is sent to it, on loopback.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public ConcurrentQueue<(string Path, string Body)> Received { get; } = [];

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
            var collector = new Collector(builder.Build());
            collector._app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                collector.Received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            });
            await collector._app.StartAsync();
            return collector;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
