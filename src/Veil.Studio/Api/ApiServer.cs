using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Pipeline.Isolation.Sandbox;
using Veil.Studio.Api.Http;
using Veil.Studio.Api.Isolation;
using Veil.Studio.Api.Keys;
using Veil.Studio.Api.OpenApi;
using Veil.Studio.Api.Operations;
using Veil.Studio.Api.Telemetry;
using Veil.Studio.Api.Uploads;
using Veil.Studio.Api.Work;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api;

/// <summary>The engine as an HTTP API. Disposing it ends it as a termination signal does: requests and jobs under way get their time.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private static readonly TimeSpan HeaderPatience = TimeSpan.FromSeconds(15);
    private readonly WebApplication _app;
    private readonly Stack<IAsyncDisposable> _parts;

    private ApiServer(WebApplication app, Stack<IAsyncDisposable> parts, IReadOnlyList<ApiOperation> operations)
    {
        (_app, _parts, Operations) = (app, parts, operations);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it answers.</summary>
    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>Its queue.</summary>
    public JobQueue Queue => _app.Services.GetRequiredService<JobQueue>();

    /// <summary>The processes that work for it, by their numbers among the system's; none where it works itself.</summary>
    public IReadOnlyList<int> Workers => (_app.Services.GetRequiredService<IAnonymizerSource>() as WorkerPool)?.Processes ?? [];

    /// <summary>Starts it.</summary>
    /// <exception cref="VeilException">It must not be started like this, or cannot be.</exception>
    public static async Task<ApiServer> StartAsync(ApiOptions options, CancellationToken cancellationToken = default)
    {
        var keys = new ApiKeyFile(options.DataFolder, TimeProvider.System);
        options.Validate(keys.CountValid());
        var parts = new Stack<IAsyncDisposable>();
        try
        {
            Own(parts, ApiTelemetryExport.Start(options.Telemetry));
            var folders = Own(parts, new RequestFolders(options.DataFolder));
            var jobFolders = new JobFolders(Path.Combine(options.DataFolder, "jobs"));
            var store = await JobServices.OpenStoreAsync(jobFolders, options.Database, TimeProvider.System, cancellationToken);
            parts.Push(store);
            var queue = new JobQueue(store, jobFolders, options.Queue, TimeProvider.System);
            var gate = Own(parts, new WorkGate(options.Limits));
            var (app, operations) = Build(options, keys, folders, queue, gate);
            parts.Push(app);
            await app.StartAsync(cancellationToken);
            return new ApiServer(app, parts, operations);
        }
        catch (Exception error)
        {
            await EndAsync(parts);
            throw error is IOException ? new VeilException(VeilErrorCode.InvalidOption, $"The server cannot listen on port {options.Port} of {options.Bind}.", "Choose another with --port.", error) : Rethrown(error);
        }
    }

    /// <summary>Waits until cancelled or stopped.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource();
        await using var cancelled = cancellationToken.Register(() => stopping.TrySetResult());
        await using var stopped = _app.Lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        await stopping.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await EndAsync(_parts);
    }

    private static (WebApplication App, IReadOnlyList<ApiOperation> Operations) Build(
        ApiOptions options, ApiKeyFile keys, RequestFolders folders, JobQueue queue, WorkGate gate)
    {
        // The empty builder reads no settings: a file in the folder that the user stands in must not change what the server does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(ApiServer).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Veil", LogLevel.Information).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // Requests and jobs get their time together, not one after the other.
        builder.Services.Configure<HostOptions>(host => host.ServicesStopConcurrently = true);
        builder.Services.AddRouting().AddSingleton(TimeProvider.System).AddSingleton(options).AddSingleton(options.Limits).AddSingleton(keys).AddSingleton(folders).AddSingleton(Source);
        var roots = new AllowedRoots(options.AllowedRoots);
        builder.Services.AddJobs(queue, options.Runner, services => new AnonymizingJobs(services.GetRequiredService<IAnonymizerSource>(), roots, options.Limits).DoAsync);
        builder.Services.AddSingleton<Readiness>().AddHostedService(services => services.GetRequiredService<Readiness>());
        var app = builder.Build();
        if (options.Proxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in options.Proxies)
            {
                forwarded.KnownProxies.Add(proxy);
            }

            app.UseForwardedHeaders(forwarded);
        }

        var parts = new ApiParts(
            options, new PictureWork(gate, app.Services.GetRequiredService<IAnonymizerSource>(), options.Limits), folders, queue, new JobSubmission(queue, roots, options.Limits), app.Services.GetRequiredService<Readiness>(), app.Lifetime);
        var operations = ApiOperations.All(parts);
        app.UseMiddleware<AnswerGuard>();
        app.UseMiddleware<HostGuard>();
        app.UseRouting();
        app.UseMiddleware<KeyGate>();
        app.UseMiddleware<QueryGuard>();
        foreach (var operation in operations)
        {
            app.MapMethods(operation.Path, operation.Method == "GET" ? ["GET", "HEAD"] : [operation.Method], operation.Handle).WithMetadata(operation);
        }

        ApiPages.Map(app, operations);
        return (app, operations);
    }

    private static IAnonymizerSource Source(IServiceProvider services)
    {
        var options = services.GetRequiredService<ApiOptions>();
        return options.Worker is { } command
            ? new WorkerPool(command with { Sandbox = Sandbox(options, services.GetRequiredService<RequestFolders>()) }, options.Limits.MaxWorkerMemory is > 0 and var most ? most : null, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<WorkerPool>>())
            : new AnonymizerCache(options.Limits.LoadedSettings);
    }

    private static WorkerSandbox? Sandbox(ApiOptions options, RequestFolders folders) => SandboxSupport.For(options.Sandbox) is var layers and not SandboxLayers.None
        ? new WorkerSandbox(layers, folders.Rooms) { Readable = options.AllowedRoots }
        : null;

    private static void Listen(KestrelServerOptions kestrel, ApiOptions options)
    {
        var limits = options.Limits;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.MaxImageBytes;
        kestrel.Limits.RequestHeadersTimeout = HeaderPatience;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBytesPerSecond, limits.SlowGrace);
        kestrel.Limits.MaxConcurrentConnections = 1000;
        kestrel.Listen(options.Bind, options.Port, listen =>
        {
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = LoadCertificate(certificate, options.CertificateKey));
            }
        });
    }

    // Whoever trusts the root alone needs the certificates in between.
    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) LoadCertificate(string certificate, string? key)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate);
            return (X509Certificate2.CreateFromPemFile(certificate, key), chain);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The certificate '{certificate}' and its key cannot be used: {error.Message}", "Both are PEM files; the key has no password.", error);
        }
    }

    private static T Own<T>(Stack<IAsyncDisposable> parts, T part)
        where T : IDisposable?
    {
        if (part is not null)
        {
            parts.Push(new Owned(part));
        }

        return part;
    }

    private static async Task EndAsync(Stack<IAsyncDisposable> parts)
    {
        while (parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private static Exception Rethrown(Exception error)
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        return error;
    }

    private sealed class Owned(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
