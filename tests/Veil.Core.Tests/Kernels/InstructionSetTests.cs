using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace Veil.Core.Tests.Kernels;

/// <summary>
/// The kernels under fewer instruction sets: this test assembly, started as a program, prints a digest of every kernel's
/// output (see Program.cs), and the runtime's own switches take the instruction sets away.
/// </summary>
public sealed class InstructionSetTests
{
    private static readonly string[] Here = [.. KernelCases.Digests()];

    [Theory]
    [InlineData("AVX512", 32)]
    [InlineData("AVX2", 16)]
    [InlineData("HWIntrinsic", 16)]
    public async Task Outputs_are_the_same_without(string instructionSet, int vectorBytes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList = { "exec", typeof(InstructionSetTests).Assembly.Location },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_Enable" + instructionSet] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Avx2.IsSupported)
        {
            Assert.Equal($"vector bytes: {vectorBytes}, 512 bits: False", lines[0]);
        }

        Assert.Equal(Here, lines[1..]);
    }
}
