using System.Numerics;
using System.Runtime.Intrinsics;
using Veil.Core.Tests.Kernels;

// Not the test run: what InstructionSetTests starts to see the kernels under other instruction sets.
Console.WriteLine($"vector bytes: {Vector<byte>.Count}, 512 bits: {Vector512.IsHardwareAccelerated}");
foreach (var digest in KernelCases.Digests())
{
    Console.WriteLine(digest);
}
