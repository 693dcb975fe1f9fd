using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>What every worker needs to read, write and start: the system's libraries, the runtime, this program, its models.</summary>
internal static class SystemPaths
{
    // Of /etc only what libraries look up. Password files, keys of services and the like stay out.
    private static readonly string[] System =
    [
        "/usr", "/lib", "/lib64", "/nix/store", "/gnu/store",
        "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/fonts", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf",

        // Of other processes nothing: not even which there are.
        "/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/filesystems", "/proc/sys/vm/overcommit_memory",
        "/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm/transparent_hugepage",
        "/dev/zero", "/dev/urandom", "/dev/random",
    ];

    private static readonly string[] ForFilms = ["ffmpeg", "ffprobe"];

    /// <summary>Files and folders to read.</summary>
    public static IEnumerable<string> Readable =>
    [
        .. System, .. LoadedHere, AppContext.BaseDirectory, RuntimeRoot, .. Named("LD_LIBRARY_PATH"), .. Named("VEIL_MODELS"), .. Named("VEIL_CASCADES"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "veil", "models"),
        Path.Combine(CacheHome, "veil"), Path.Combine(CacheHome, "fontconfig"),
    ];

    /// <summary>Files that may be written.</summary>
    public static IReadOnlyList<string> WritableFiles { get; } = ["/dev/null"];

    /// <summary>Programs to start: this one's own, since a worker begins anew once it has restricted itself, and those that films go through.</summary>
    public static IEnumerable<string> Runnable => new[] { Environment.ProcessPath, Path.Combine(RuntimeRoot, "dotnet") }.OfType<string>()
        .Concat(Loaders).Concat(ForFilms.SelectMany(name => Named("PATH").Select(folder => Path.Combine(folder, name)))).Where(File.Exists);

    // The system starts it for every program that has shared libraries: ld-linux-x86-64.so.2 and its like, wherever it lies.
    private static IEnumerable<string> Loaders => LoadedHere.Where(path => Path.GetFileName(path).StartsWith("ld-", StringComparison.Ordinal));

    // The libraries of this process, which is the same program.
    private static IEnumerable<string> LoadedHere => File.ReadLines("/proc/self/maps").Where(line => line.Contains('/', StringComparison.Ordinal))
        .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Where(path => path.Contains(".so", StringComparison.Ordinal) && File.Exists(path)).Distinct();

    // ROOT/shared/Microsoft.NETCore.App/VERSION
    private static string RuntimeRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string CacheHome => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");

    private static IEnumerable<string> Named(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified);
}
