using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>
/// What Landlock refuses to a thread and to all that it starts: everything with files that no rule allows, TCP, sockets without a path
/// of others, and signals to others. Rights that the kernel is too old to know are left out. Rules hold for a file or for a folder
/// with all that is below it.
/// </summary>
internal sealed class LandlockRuleset : IDisposable
{
    /// <summary>The first version that holds signals back.</summary>
    public const int FirstWithScopes = 6;

    private const int FirstWithNetwork = 4;
    private const nuint AskVersion = 1;
    private const nuint PathBeneath = 1;
    private const ulong BindAndConnect = 0b11;
    private const ulong AbstractSocketsAndSignals = 0b11;

    // How many rights each version knows, from the first on.
    private static readonly int[] KnownRights = [13, 14, 15, 15, 16];
    private readonly nint _ruleset;
    private readonly FileRights _known;

    /// <summary>Begins a set of rules that allows nothing.</summary>
    /// <param name="version">The kernel's version; a lower one makes less of it.</param>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public LandlockRuleset(int version)
    {
        _known = (FileRights)((1UL << KnownRights[Math.Clamp(version, 1, KnownRights.Length) - 1]) - 1);
        var attributes = new SandboxCalls.RulesetAttributes((ulong)_known, version >= FirstWithNetwork ? BindAndConnect : 0, version >= FirstWithScopes ? AbstractSocketsAndSignals : 0);

        // An older kernel takes a shorter record, or zeros at its end.
        _ruleset = SandboxCalls.CreateRuleset(SyscallNumbers.LandlockCreateRuleset, in attributes, (nuint)Marshal.SizeOf<SandboxCalls.RulesetAttributes>(), 0);
        SandboxException.ThrowIf(_ruleset < 0, "landlock_create_ruleset");
    }

    /// <summary>The version of Landlock that the kernel has; 0 where there is none.</summary>
    public static int KernelVersion { get; } = (int)Math.Max(0, SyscallNumbers.AreKnown ? SandboxCalls.CreateRuleset(SyscallNumbers.LandlockCreateRuleset, 0, 0, AskVersion) : 0);

    /// <summary>Allows something with a file or folder, and passes over one that is not there.</summary>
    /// <param name="path">Full path; links are followed.</param>
    /// <param name="rights">What may be done.</param>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public void Allow(string path, FileRights rights)
    {
        var place = SandboxCalls.Open(path, SandboxCalls.OpenPathOnly);
        if (place < 0)
        {
            return;
        }

        var allowed = rights & _known & (FileKinds.Of(path) == FileKind.Folder ? ~FileRights.None : FileRights.OfFiles);
        var rule = new SandboxCalls.PathRule((ulong)allowed, place);
        SandboxException.ThrowIf(SandboxCalls.AddRule(SyscallNumbers.LandlockAddRule, _ruleset, PathBeneath, in rule, 0) != 0, "landlock_add_rule");

        // A rule is about an inode, and /proc makes new ones when it has forgotten a name: what is open it does not forget. Such
        // a descriptor can neither read nor write.
        if (!path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            _ = SandboxCalls.Close(place);
        }
    }

    /// <summary>Holds for this thread from now on, for the threads and processes that it will start, and for a program that it becomes.</summary>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public void Enforce() => SandboxException.ThrowIf(SandboxCalls.RestrictSelf(SyscallNumbers.LandlockRestrictSelf, _ruleset, 0) != 0, "landlock_restrict_self");

    /// <inheritdoc/>
    public void Dispose() => _ = SandboxCalls.Close((int)_ruleset);
}
