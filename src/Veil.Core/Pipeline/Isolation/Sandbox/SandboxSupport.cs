using System.Runtime.InteropServices;
using Veil.Errors;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>What the kernel of this system offers for a sandbox.</summary>
public static class SandboxSupport
{
    /// <summary>The layers that workers can be kept in here.</summary>
    public static SandboxLayers Here { get; } = Look();

    /// <summary>The layers in one line, with what is missing and why.</summary>
    public static string Description => string.Join("; ", Parts());

    /// <summary>The layers that a mode stands for here.</summary>
    /// <param name="mode">What was asked for.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: not all that are required are here.</exception>
    public static SandboxLayers For(SandboxMode mode) => For(mode, Here);

    internal static SandboxLayers For(SandboxMode mode, SandboxLayers here) => mode switch
    {
        SandboxMode.None => SandboxLayers.None,
        SandboxMode.Required when here != SandboxLayers.All => throw new VeilException(
            VeilErrorCode.MissingNative, $"A sandbox is required, but not whole here: {Description}.", "Linux 6.12 or newer on x64 or arm64 has all of it; 'auto' takes what is there."),
        _ => here,
    };

    private static SandboxLayers Look()
    {
        if (!SyscallNumbers.AreKnown)
        {
            return SandboxLayers.None;
        }

        var landlock = LandlockRuleset.KernelVersion;
        return (landlock >= 1 ? SandboxLayers.Files : SandboxLayers.None)
            | (landlock >= LandlockRuleset.FirstWithScopes ? SandboxLayers.Signals : SandboxLayers.None)
            | (SyscallFilter.IsSupported ? SandboxLayers.SystemCalls : SandboxLayers.None);
    }

    private static IEnumerable<string> Parts()
    {
        if (!SyscallNumbers.AreKnown)
        {
            return [$"no sandbox: it needs Linux on x64 or arm64, this is {RuntimeInformation.RuntimeIdentifier}"];
        }

        var version = LandlockRuleset.KernelVersion;
        return
        [
            Here.HasFlag(SandboxLayers.Files) ? $"files are kept out (Landlock {version})" : "files are not kept out: the kernel has no Landlock, or the container forbids it",
            Here.HasFlag(SandboxLayers.SystemCalls) ? "connections and system calls are (seccomp)" : "connections are not: the kernel has no seccomp filters",
            Here.HasFlag(SandboxLayers.Signals) ? "signals are" : $"signals to other processes are not: that needs Landlock {LandlockRuleset.FirstWithScopes}",
        ];
    }
}
