using System.Numerics;
using System.Runtime.Intrinsics;
using Veil.Core.Tests.Kernels;
using Veil.Tests.Pipeline.Isolation;
using Veil.Tests.Pipeline.Isolation.Sandbox;

// Not the test run: what tests start as a process of its own.
if (args is ["worker"])
{
    // A worker of IsolatedProcessorTests.
    FakeWorker.Run();
    return;
}

if (args is [ProbingWorker.Options])
{
    // A worker of WorkerSandboxTests.
    ProbingWorker.Run();
    return;
}

// What InstructionSetTests starts to see the kernels under other instruction sets.
Console.WriteLine($"vector bytes: {Vector<byte>.Count}, 512 bits: {Vector512.IsHardwareAccelerated}");
foreach (var digest in KernelCases.Digests())
{
    Console.WriteLine(digest);
}
