using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>A process could not restrict itself, although the kernel has what it takes.</summary>
/// <param name="message">Which call failed, and why.</param>
internal sealed class SandboxException(string message) : Exception(message)
{
    public static void ThrowIf(bool failed, string call)
    {
        if (failed)
        {
            throw new SandboxException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
