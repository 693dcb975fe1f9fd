using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>The C library's calls that a process is restricted by. The last error is errno.</summary>
internal static partial class SandboxCalls
{
    public const int NoNewPrivileges = 38;
    public const int SetSeccomp = 22;
    public const int GetSeccomp = 21;
    public const int FilterMode = 2;

    // Neither reads nor writes: a name for a place.
    public const int OpenPathOnly = 0x200000;

    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int BadAddress = 14;

    public const int Inet = 2;
    public const int Stream = 1;
    public const int BrokenPipe = 13;
    public const nint DefaultAction = 0;

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Control(int option, nuint second, in FilterProgram program, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint CreateRuleset(nint number, nint attributes, nuint size, nuint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint CreateRuleset(nint number, in RulesetAttributes attributes, nuint size, nuint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint AddRule(nint number, nint ruleset, nuint type, in PathRule rule, nuint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint RestrictSelf(nint number, nint ruleset, nuint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, nint[] arguments);

    [LibraryImport("libc", EntryPoint = "signal")]
    public static partial nint OnSignal(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string existing, string name);

    /// <summary><c>struct landlock_ruleset_attr</c>: what is refused unless a rule allows it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct RulesetAttributes(ulong Files, ulong Network, ulong Scopes);

    /// <summary><c>struct landlock_path_beneath_attr</c>, which is packed.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal readonly record struct PathRule(ulong Allowed, int Place);

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct FilterProgram(ushort Length, nint Instructions);
}
