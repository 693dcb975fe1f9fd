using System.Net;
using Veil.Cli.Isolation;
using Veil.Cli.Options;
using Veil.Errors;
using Veil.Pipeline.Isolation;
using Veil.Pipeline.Isolation.Sandbox;
using Veil.Studio;
using Veil.Studio.Api;
using Veil.Studio.Api.Isolation;

namespace Veil.Cli.Serve;

/// <summary>Runs the server until Ctrl-C or a termination signal.</summary>
internal static class ServeRun
{
    // A connection string holds a password, which every user of the machine could read on a command line.
    private const string DatabaseVariable = "VEIL_POSTGRES";
    private const int LongestGrace = 20;

    public static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancel)
    {
        var options = Options(settings);
        PrivateFolder.KeepAllFilesPrivate();
        var server = await ApiServer.StartAsync(options, cancel).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync($"veil serve: {server.Address}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"veil: keys, uploads and jobs are in {options.DataFolder}; the page to try it is {new Uri(server.Address, "docs")}.").ConfigureAwait(false);
            if (options.Worker is not null)
            {
                await Console.Error.WriteLineAsync(options.Sandbox == SandboxMode.None ? "veil: worker processes have the rights of the server: --sandbox none." : $"veil: the sandbox of worker processes: {SandboxSupport.Description}.").ConfigureAwait(false);
            }

            if (options.Access == ApiAccess.Anybody)
            {
                await Console.Error.WriteLineAsync("veil: no keys are asked for: every user and program of this machine may use the server.").ConfigureAwait(false);
            }

            if (!IPAddress.IsLoopback(options.Bind) && options.Certificate is null)
            {
                await Console.Error.WriteLineAsync("veil: other machines reach the server without TLS. Put a proxy that ends TLS before it, or name --certificate.").ConfigureAwait(false);
            }

            await server.WaitAsync(cancel).ConfigureAwait(false);
            await Console.Error.WriteLineAsync("veil: no more is accepted; what is under way gets its time.").ConfigureAwait(false);
        }

        await Console.Error.WriteLineAsync("veil: the server has ended; jobs that are not done wait for the next start.").ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static ApiOptions Options(ServeSettings settings)
    {
        var limits = new ApiLimits();
        limits = limits with
        {
            Concurrency = settings.Concurrency ?? limits.Concurrency,
            Waiting = settings.Waiting ?? limits.Waiting,
            PerKey = settings.PerKey ?? limits.PerKey,
            MaxImageBytes = settings.MaxBytes ?? limits.MaxImageBytes,
            MaxPixels = settings.MaxPixels ?? limits.MaxPixels,
            MaxTime = settings.MaxSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : limits.MaxTime,
            MaxJobBytes = settings.MaxJobBytes ?? limits.MaxJobBytes,
            MaxJobs = settings.MaxJobs ?? limits.MaxJobs,
            MaxWorkerMemory = settings.MaxMemory is { } memory ? (long)memory << 20 : limits.MaxWorkerMemory,
        };
        var options = new ApiOptions { DataFolder = Path.GetFullPath(settings.Data ?? ApiOptions.DefaultDataFolder) };
        if (settings.Grace is < 0 or > LongestGrace)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected 0 to {LongestGrace} seconds for --grace, but received {settings.Grace}.");
        }

        return options with
        {
            Bind = settings.Bind is { } bind ? Address(bind, "--bind") : options.Bind,
            Port = settings.Port is >= 0 and <= IPEndPoint.MaxPort ? settings.Port : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a port of 0 to {IPEndPoint.MaxPort} for --port, but received {settings.Port}."),
            Database = Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } database ? database : null,
            Access = settings.NoKeys ? ApiAccess.Anybody : ApiAccess.Keys,
            HostNames = settings.HostNames,
            Proxies = [.. settings.Proxies.Select(proxy => Address(proxy, "--trust-proxy"))],
            Certificate = settings.Certificate,
            CertificateKey = settings.CertificateKey,
            AllowedRoots = [.. settings.Allowed.Select(Root)],
            Worker = settings.Isolation == ServeIsolation.Process ? Worker() : null,
            Sandbox = settings.Isolation == ServeIsolation.Process || settings.Sandbox != SandboxMode.Required ? settings.Sandbox
                : throw new VeilException(VeilErrorCode.InvalidOption, "--sandbox required keeps worker processes in, but --isolation none has none.", "Leave one of them out."),
            Limits = limits,
            Queue = options.Queue with
            {
                KeepOriginals = settings.KeepOriginals is { } originals ? TimeSpan.FromHours(originals) : options.Queue.KeepOriginals,
                KeepResults = settings.KeepResults is { } results ? TimeSpan.FromHours(results) : options.Queue.KeepResults,
            },
            Runner = options.Runner with
            {
                Concurrency = settings.Jobs ?? options.Runner.Concurrency,
                Grace = settings.Grace is { } grace ? TimeSpan.FromSeconds(grace) : options.Runner.Grace,
            },
            Telemetry = settings.Telemetry is { } url ? Collector(url) : null,
        };
    }

    private static WorkerCommand Worker() =>
        OwnProgram.With(["serve", WorkOptions.WorkerFlag], AnonymizingWorker.Options) with { Environment = WorkerEnvironment.WithoutSecrets() };

    private static IPAddress Address(string text, string option) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected an IP address for {option}, but received '{text}'.", "0.0.0.0 stands for every address of this machine.");

    private static Uri Collector(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected an address such as http://127.0.0.1:4318 for --otlp, but received '{text}'.");

    private static string Root(string folder) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a folder for --allow, but there is no '{folder}'.");
}
