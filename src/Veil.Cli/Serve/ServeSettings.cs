using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Cli.Serve;

/// <summary>What the command line says, without a type of ASP.NET.</summary>
internal sealed record ServeSettings
{
    public string? Data { get; init; }

    public string? Bind { get; init; }

    public int Port { get; init; }

    public bool NoKeys { get; init; }

    public IReadOnlyList<string> HostNames { get; init; } = [];

    public IReadOnlyList<string> Proxies { get; init; } = [];

    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    public IReadOnlyList<string> Allowed { get; init; } = [];

    public ServeIsolation Isolation { get; init; }

    public SandboxMode Sandbox { get; init; }

    public int? MaxMemory { get; init; }

    public int? Concurrency { get; init; }

    public int? Waiting { get; init; }

    public int? PerKey { get; init; }

    public long? MaxBytes { get; init; }

    public long? MaxPixels { get; init; }

    public int? MaxSeconds { get; init; }

    public long? MaxJobBytes { get; init; }

    public int? MaxJobs { get; init; }

    public int? Jobs { get; init; }

    public double? KeepOriginals { get; init; }

    public double? KeepResults { get; init; }

    public int? Grace { get; init; }

    public string? Telemetry { get; init; }
}
