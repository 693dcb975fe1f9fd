using System.Diagnostics;

namespace Veil.Studio.Measuring;

/// <summary>How this program is started once more.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">What comes before a command's own.</param>
internal sealed record ProgramStart(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The program that runs: itself, or <c>dotnet</c> with its assembly.</summary>
    /// <param name="assembly">File name of the assembly beside this one, e.g. veil.dll.</param>
    public static ProgramStart Own(string assembly)
    {
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("Expected the path of the running program.");
        return Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new ProgramStart(path, [Path.Combine(AppContext.BaseDirectory, assembly)])
            : new ProgramStart(path, []);
    }

    /// <summary>What starts a command.</summary>
    public ProcessStartInfo With(IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(File) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in Arguments.Concat(command))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
