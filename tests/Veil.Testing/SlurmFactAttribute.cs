namespace Veil.Testing;

/// <summary>A test that runs a Slurm of its own; it skips, saying so, where Slurm or the data is absent or may not be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scancel"];

    /// <summary>Names what the test reads.</summary>
    /// <param name="relative">File or folder below shared/data.</param>
    public SlurmFactAttribute(string relative)
    {
        var missing = Programs.FirstOrDefault(program => !IsInstalled(program));
        Skip = !SharedData.Has(relative) ? $"needs shared/data/{relative}, which is not here"
            : missing is not null ? $"needs {missing}: apt-get install slurm-wlm munge"
            : !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "needs to start daemons of Slurm, as root"
            : null;
    }

    // Daemons lie where users do not look.
    private static bool IsInstalled(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
