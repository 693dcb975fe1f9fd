using System.CommandLine;
using Veil.Cli.Options;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Cli.Serve;

/// <summary>The options of <c>veil serve</c>.</summary>
internal sealed class ServeOptions
{
    private readonly Option<string?> _bind = new("--bind") { Description = "The address to listen on; 127.0.0.1 by default. Any other needs keys.", HelpName = "ADDRESS" };
    private readonly Option<int> _port = new("--port") { Description = "The port; 8080 by default, 0 for one that is free.", HelpName = "N", DefaultValueFactory = _ => 8080 };
    private readonly Option<bool> _noKeys = new("--no-keys") { Description = "Let everybody in who reaches this machine's loopback address: all its users and programs." };
    private readonly Option<string[]> _hostNames = new("--host-name") { Description = "A name under which the server is reached; may be given several times.", HelpName = "NAME" };
    private readonly Option<string[]> _proxies = new("--trust-proxy") { Description = "Address of a proxy whose X-Forwarded-Proto and X-Forwarded-Host are believed; may be given several times.", HelpName = "ADDRESS" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "Certificate with its chain for TLS, PEM.", HelpName = "FILE" };
    private readonly Option<string?> _certificateKey = new("--certificate-key") { Description = "The certificate's private key, PEM; by default in the same file.", HelpName = "FILE" };
    private readonly Option<string[]> _allow = new("--allow") { Description = "A folder from which jobs may take originals by path; may be given several times.", HelpName = "DIR" };
    private readonly Option<int?> _concurrency = new("--concurrency") { Description = "Pictures worked on at a time; by default one for each processor.", HelpName = "N" };
    private readonly Option<ServeIsolation> _isolation = new("--isolation")
    {
        Description = "process: pictures and films are worked on in processes of their own, so that one that makes a codec crash, hang or take all memory fails alone; none: in the server's.",
        DefaultValueFactory = _ => ServeIsolation.Process,
    };

    private readonly Option<SandboxMode> _sandbox = new("--sandbox")
    {
        Description = "auto: such processes read and write their own picture alone, open no connections and start no programs but those for films, as far as the kernel can keep them to it; required: nothing is started where it cannot; none: they have the server's rights.",
        DefaultValueFactory = _ => SandboxMode.Auto,
    };

    private readonly Option<int?> _maxMemory = new("--max-memory") { Description = "Most memory of such a process, MiB; 4096 by default, 0 for no limit.", HelpName = "MIB" };
    private readonly Option<bool> _worker = new(WorkOptions.WorkerFlag) { Hidden = true };
    private readonly Option<int?> _waiting = new("--waiting") { Description = "Pictures that may wait; 32 by default. Whoever comes then is answered 429.", HelpName = "N" };
    private readonly Option<int?> _perKey = new("--per-key") { Description = "Pictures of one key that may wait or be worked on; by default any.", HelpName = "N" };
    private readonly Option<long?> _maxBytes = new("--max-bytes") { Description = "Largest picture, bytes; 67108864 by default.", HelpName = "N" };
    private readonly Option<long?> _maxPixels = new("--max-pixels") { Description = "Most pixels of a picture, all frames together; 100000000 by default.", HelpName = "N" };
    private readonly Option<int?> _maxSeconds = new("--max-seconds") { Description = "How long a picture may take, waiting included; 60 by default.", HelpName = "N" };
    private readonly Option<long?> _maxJobBytes = new("--max-job-bytes") { Description = "Largest upload of a job, bytes; 4294967296 by default.", HelpName = "N" };
    private readonly Option<int?> _maxJobs = new("--max-jobs") { Description = "Jobs of one key that may wait or run; 100 by default.", HelpName = "N" };
    private readonly Option<int?> _jobs = new("--jobs") { Description = "Jobs worked on at a time; 1 by default.", HelpName = "N" };
    private readonly Option<double?> _keepOriginals = new("--keep-originals") { Description = "Hours after which uploaded originals are deleted whatever happens; 24 by default. They go as soon as the job has ended.", HelpName = "HOURS" };
    private readonly Option<double?> _keepResults = new("--keep-results") { Description = "Hours for which results stay once a job has ended; 24 by default.", HelpName = "HOURS" };
    private readonly Option<int?> _grace = new("--grace") { Description = "Seconds that requests and jobs under way have when the server is to end, 0 to 20; 12 by default. Jobs that need longer go back into the queue.", HelpName = "N" };
    private readonly Option<string?> _telemetry = new("--otlp") { Description = "Address of an OpenTelemetry collector (OTLP over HTTP) for metrics and traces; by default OTEL_EXPORTER_OTLP_ENDPOINT, and without it nothing is sent.", HelpName = "URL" };

    public IReadOnlyList<Option> All =>
    [
        _bind, _port, _noKeys, _hostNames, _proxies, _certificate, _certificateKey, _allow, _isolation, _sandbox, _maxMemory, _worker, _concurrency, _waiting, _perKey, _maxBytes, _maxPixels, _maxSeconds, _maxJobBytes, _maxJobs,
        _jobs, _keepOriginals, _keepResults, _grace, _telemetry,
    ];

    /// <summary>Whether this is a worker of a server.</summary>
    public bool IsWorker(ParseResult parsed) => parsed.GetValue(_worker);

    public ServeSettings Read(ParseResult parsed, string? data) => new()
    {
        Data = data,
        Bind = parsed.GetValue(_bind),
        Port = parsed.GetValue(_port),
        NoKeys = parsed.GetValue(_noKeys),
        HostNames = parsed.GetValue(_hostNames) ?? [],
        Proxies = parsed.GetValue(_proxies) ?? [],
        Certificate = parsed.GetValue(_certificate),
        CertificateKey = parsed.GetValue(_certificateKey),
        Allowed = parsed.GetValue(_allow) ?? [],
        Isolation = parsed.GetValue(_isolation),
        Sandbox = parsed.GetValue(_sandbox),
        MaxMemory = parsed.GetValue(_maxMemory),
        Concurrency = parsed.GetValue(_concurrency),
        Waiting = parsed.GetValue(_waiting),
        PerKey = parsed.GetValue(_perKey),
        MaxBytes = parsed.GetValue(_maxBytes),
        MaxPixels = parsed.GetValue(_maxPixels),
        MaxSeconds = parsed.GetValue(_maxSeconds),
        MaxJobBytes = parsed.GetValue(_maxJobBytes),
        MaxJobs = parsed.GetValue(_maxJobs),
        Jobs = parsed.GetValue(_jobs),
        KeepOriginals = parsed.GetValue(_keepOriginals),
        KeepResults = parsed.GetValue(_keepResults),
        Grace = parsed.GetValue(_grace),
        Telemetry = parsed.GetValue(_telemetry),
    };
}
