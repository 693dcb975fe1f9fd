using System.Collections;

namespace Veil.Pipeline.Isolation;

/// <summary>
/// The part of this process's environment that a worker needs to find programs, models and folders. A list of what is handed on, not
/// of what is kept back: nobody knows under which names secrets stand.
/// </summary>
public static class WorkerEnvironment
{
    private static readonly string[] Names =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "GLIBC_TUNABLES", "VEIL_MODELS", "VEIL_CASCADES",
        "SYSTEMROOT", "WINDIR", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES",
    ];

    private static readonly string[] Families = ["LC_", "XDG_", "DOTNET_", "OMP_", "MALLOC_", "VIPS_"];

    /// <summary>The variables that are handed on.</summary>
    public static IReadOnlyDictionary<string, string> WithoutSecrets() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => (Name: (string)entry.Key, Value: entry.Value as string ?? ""))
        .Where(variable => IsHandedOn(variable.Name))
        .ToDictionary(variable => variable.Name, variable => variable.Value);

    private static bool IsHandedOn(string name)
    {
        // Only Windows takes upper and lower case for the same.
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return Array.Exists(Names, known => known.Equals(name, comparison)) || Array.Exists(Families, family => name.StartsWith(family, comparison));
    }
}
