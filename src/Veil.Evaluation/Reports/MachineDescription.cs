using System.Runtime.InteropServices;

namespace Veil.Evaluation.Reports;

/// <summary>A machine, as far as it matters to durations.</summary>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">Logical processors that the program may use.</param>
/// <param name="MemoryBytes">Memory that the program may use.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Runtime">The runtime's name and version.</param>
public sealed record MachineDescription(string Processor, int Cores, long MemoryBytes, string System, string Runtime)
{
    /// <summary>Where Linux names the processor.</summary>
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>The machine that the program runs on. Names no host and no user.</summary>
    public static MachineDescription Current() => new(
        ProcessorName(), Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})", RuntimeInformation.FrameworkDescription);

    private static string ProcessorName()
    {
        // ARM kernels give no name there; then the architecture has to do.
        var named = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return named is { Length: > 0 } ? named : RuntimeInformation.ProcessArchitecture.ToString();
    }
}
