using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Studio.Components;

namespace Veil.Studio.Hosting;

/// <summary>The studio's web server on this machine's loopback address. Disposing it ends it.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AccessTokens _tokens;
    private int _ended;

    private StudioServer(WebApplication app, AccessTokens tokens)
    {
        (_app, _tokens) = (app, tokens);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens, without token.</summary>
    public Uri Address { get; }

    /// <summary>The address that lets a browser in, for as long as the studio runs.</summary>
    public Uri EntryAddress => new(Address, "?token=" + _tokens.Token);

    /// <summary>The services of its areas.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>An address that lets a browser in once.</summary>
    public Uri IssueEntryForOneUse() => new(Address, "?token=" + _tokens.IssueForOneUse());

    /// <summary>Starts it.</summary>
    /// <exception cref="VeilException">The port is taken, or the data folder cannot be made.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options, CancellationToken cancel = default)
    {
        PrivateFolder.Ensure(options.DataFolder);
        var tokens = new AccessTokens();
        var app = Build(options, tokens);
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
            return new StudioServer(app, tokens);
        }
        catch (IOException error)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new VeilException(VeilErrorCode.InvalidOption, $"The studio needs port {options.Port} of this machine, but it is in use.", "Leave --port out, and a free one is taken.", error);
        }
    }

    /// <summary>Waits until cancelled or stopped, then ends what is open.</summary>
    public Task WaitAsync(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(StudioOptions options, AccessTokens tokens)
    {
        // The empty builder reads no settings: a file in the folder that the user stands in must not change what the studio does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(StudioServer).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Films are as large as they are; who may send them is the user alone.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton(options).AddSingleton(tokens).AddRouting().AddHttpContextAccessor();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(30))
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 1 << 20);
        foreach (var area in StudioAreas.All)
        {
            area.AddServices?.Invoke(builder.Services, options);
        }

        var app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<AccessGate>();
        app.UseProgramFiles();
        // A page for who follows a dead link; programs get the bare status.
        app.UseWhen(static context => context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal), static pages => pages.UseStatusCodePagesWithReExecute("/missing"));
        app.UseRouting();
        app.UseAntiforgery();
        // The header of its own would only repeat, more weakly, what SecurityHeaders says.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        foreach (var area in StudioAreas.All)
        {
            area.MapEndpoints?.Invoke(app);
        }

        return app;
    }
}
