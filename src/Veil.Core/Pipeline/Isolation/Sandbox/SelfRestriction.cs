using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>
/// A worker's first act: it gives up what it does not need, for good, and becomes this program once more. Linux restricts one thread and what comes of
/// it, and a .NET process has several from its start: only a new program in the same process has none that came before.
/// </summary>
public static class SelfRestriction
{
    /// <summary>Where a worker is told what it may do. Whoever starts workers sets it for each, and nobody else.</summary>
    internal const string Variable = "VEIL_SANDBOX";

    private const string Done = "entered";
    private const uint OwnerAlone = 0b110_000_000;

    /// <summary>
    /// Does so in a process that is told to, and returns in every other and in the one that comes of it. To be called before
    /// anything else, on the main thread: no byte of a stranger's has been read then.
    /// </summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } told || told == Done)
        {
            return;
        }

        try
        {
            Restrict(SandboxPolicy.Parse(told));
            SandboxException.ThrowIf(SandboxCalls.SetVariable(Variable, Done, overwrite: 1) != 0, "setenv");
            BeginAnew();
        }
        catch (SandboxException error)
        {
            Environment.FailFast("A worker cannot restrict itself: " + error.Message);
        }
    }

    /// <summary>
    /// What holds this process, found out by trying what each layer refuses: a worker that began anew without being restricted would not pass.
    /// </summary>
    internal static SandboxLayers Felt()
    {
        if (Environment.GetEnvironmentVariable(Variable) != Done)
        {
            return SandboxLayers.None;
        }

        return (MayMakePipe() ? SandboxLayers.None : SandboxLayers.Files)
            | (Failed(SandboxCalls.SendSignal(SandboxCalls.ParentProcess(), 0), SandboxCalls.NotPermitted) ? SandboxLayers.Signals : SandboxLayers.None)
            | (MayOpenSocket() ? SandboxLayers.None : SandboxLayers.SystemCalls);
    }

    private static void Restrict(SandboxPolicy policy)
    {
        // Programs with a set-user-id bit stay what they are; without this, only administrators may restrict themselves.
        SandboxException.ThrowIf(SandboxCalls.Control(SandboxCalls.NoNewPrivileges, 1, 0, 0, 0) != 0, "prctl(PR_SET_NO_NEW_PRIVS)");
        if (policy.Layers.HasFlag(SandboxLayers.Files))
        {
            using var ruleset = new LandlockRuleset(LandlockRuleset.KernelVersion);
            AllowAll(ruleset, policy.Readable, FileRights.Read);
            AllowAll(ruleset, policy.Runnable, FileRights.Read | FileRights.Execute);
            AllowAll(ruleset, policy.Writable, FileRights.ReadAndWrite);
            ruleset.Enforce();
        }

        if (policy.Layers.HasFlag(SandboxLayers.SystemCalls))
        {
            SyscallFilter.Enforce();
        }
    }

    private static void AllowAll(LandlockRuleset ruleset, IReadOnlyList<string> paths, FileRights rights)
    {
        foreach (var path in paths)
        {
            ruleset.Allow(path, rights);
        }
    }

    private static void BeginAnew()
    {
        // The runtime has this signal ignored, which programs that it starts later would inherit.
        _ = SandboxCalls.OnSignal(SandboxCalls.BrokenPipe, SandboxCalls.DefaultAction);
        nint[] arguments = [.. File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0').Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = SandboxCalls.Execute(Environment.ProcessPath!, arguments);
        SandboxException.ThrowIf(true, "execv");
    }

    private static bool MayMakePipe()
    {
        var path = Path.Combine(Path.GetTempPath(), "." + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var made = SandboxCalls.MakePipe(path, OwnerAlone);
        var refused = Failed(made, SandboxCalls.AccessDenied);
        if (made == 0)
        {
            File.Delete(path);
        }

        return !refused;
    }

    private static bool MayOpenSocket()
    {
        var socket = SandboxCalls.OpenSocket(SandboxCalls.Inet, SandboxCalls.Stream, 0);
        var refused = Failed(socket, SandboxCalls.NotPermitted);
        if (socket >= 0)
        {
            _ = SandboxCalls.Close(socket);
        }

        return !refused;
    }

    private static bool Failed(int result, int expected) => result < 0 && Marshal.GetLastPInvokeError() == expected;
}
