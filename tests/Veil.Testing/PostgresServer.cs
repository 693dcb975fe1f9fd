using System.Diagnostics;

namespace Veil.Testing;

/// <summary>
/// A PostgreSQL of its own, in a folder of its own, reached through a socket there and nothing else. It does not run as root, which
/// it refuses.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "nobody";
    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private readonly string _folder = Directory.CreateTempSubdirectory("veil-pg-").FullName;

    /// <summary>Makes and starts one.</summary>
    public PostgresServer()
    {
        AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", User, _folder);
        }

        RunProgram("initdb", "-D", Data, "-U", "veil", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Start();
    }

    /// <summary>Why a test has to be skipped, or null.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() || Programs is null ? "needs PostgreSQL: apt-get install postgresql"
        : Environment.IsPrivilegedProcess && !File.GetUnixFileMode("/dev/null").HasFlag(UnixFileMode.OtherWrite) ? "needs a /dev/null that everybody may write to: chmod 666 /dev/null"
        : null;

    /// <summary>How to reach it, for Npgsql.</summary>
    public string ConnectionString => $"Host={_folder};Username=veil;Database=postgres;Timeout=5";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts it, and waits until it answers.</summary>
    public void Start() => RunProgram(
        "pg_ctl", "start", "-w", "-t", "120", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o", $"-k {_folder} -c listen_addresses= -c fsync=off -c max_connections=200");

    /// <summary>Stops it at once; connections break.</summary>
    public void Stop() => RunProgram("pg_ctl", "stop", "-m", "fast", "-w", "-t", "120", "-D", Data);

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            RunProgram("pg_ctl", "stop", "-m", "immediate", "-w", "-t", "120", "-D", Data);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void EndWithProcess(object? sender, EventArgs e) => Dispose();

    private static void RunProgram(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        if (Environment.IsPrivilegedProcess)
        {
            Run("setpriv", ["--reuid", User, "--regid", "nogroup", "--clear-groups", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // A server that is started would keep a pipe open for ever: what it says goes into a file.
        var said = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("bash") { WorkingDirectory = "/" };
            foreach (var argument in (string[])["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", said, program, .. arguments])
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {File.ReadAllText(said)}");
        }
        finally
        {
            File.Delete(said);
        }
    }
}
