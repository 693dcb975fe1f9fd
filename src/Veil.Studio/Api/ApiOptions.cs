using System.Net;
using Veil.Errors;
using Veil.Pipeline.Isolation;
using Veil.Pipeline.Isolation.Sandbox;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api;

/// <summary>Who may use the API.</summary>
internal enum ApiAccess
{
    /// <summary>Who shows a key.</summary>
    Keys,

    /// <summary>Whoever reaches the loopback address: every user and program of this machine.</summary>
    Anybody,
}

/// <summary>What a server is started with.</summary>
internal sealed record ApiOptions
{
    /// <summary>The address to listen on; loopback by default.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 lets the system choose one.</summary>
    public int Port { get; init; }

    /// <summary>The folder with keys, uploads and jobs. Made when it is not there, for its owner alone.</summary>
    public required string DataFolder { get; init; }

    /// <summary>How to reach PostgreSQL, for Npgsql; null keeps the queue in files.</summary>
    public string? Database { get; init; }

    /// <summary>Who may use it.</summary>
    public ApiAccess Access { get; init; }

    /// <summary>Names under which it is reached. On loopback its own are known; elsewhere none means any.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Addresses of proxies whose X-Forwarded headers are believed; none by default.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];

    /// <summary>Certificate with its chain, PEM; null for HTTP without TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>Private key of the certificate, PEM; null when both are in one file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Folders on this machine from which jobs may take originals; none by default.</summary>
    public IReadOnlyList<string> AllowedRoots { get; init; } = [];

    /// <summary>How to start a process that works on pictures and films; null works on them in this one.</summary>
    public WorkerCommand? Worker { get; init; }

    /// <summary>Whether such processes are kept in a sandbox.</summary>
    public SandboxMode Sandbox { get; init; }

    /// <summary>What one request may cost.</summary>
    public ApiLimits Limits { get; init; } = new();

    /// <summary>How long what is kept.</summary>
    public JobQueueOptions Queue { get; init; } = new();

    /// <summary>How jobs are run.</summary>
    public JobRunnerOptions Runner { get; init; } = new() { Grace = TimeSpan.FromSeconds(12), StopPatience = TimeSpan.FromSeconds(8) };

    /// <summary>Where metrics and traces go by OTLP; null asks the environment, and without OTEL_EXPORTER_OTLP_ENDPOINT nothing is sent.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>The user's data home, after the XDG base directory specification.</summary>
    public static string DefaultDataFolder
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            var root = Path.IsPathFullyQualified(home ?? "") ? home! : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(root, "veil", "serve");
        }
    }

    /// <summary>Refuses what must not be started.</summary>
    /// <param name="keys">How many keys are valid.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public void Validate(int keys)
    {
        Limits.Validate();
        _ = SandboxSupport.For(Sandbox);
        if (!IPAddress.IsLoopback(Bind) && (Access == ApiAccess.Anybody || keys == 0))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"The address {Bind} can be reached from other machines, but there are no keys: anybody could use the server.",
                "Add a key with 'veil serve keys add NAME', or leave --bind out.");
        }

        if (CertificateKey is not null && Certificate is null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Expected a certificate for the private key.", "Name it with --certificate.");
        }
    }
}
