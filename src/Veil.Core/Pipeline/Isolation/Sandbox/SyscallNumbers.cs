using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>A system call's numbers in Linux's tables.</summary>
/// <param name="X64">On x64.</param>
/// <param name="Arm64">On arm64; null where that has no such call.</param>
internal readonly record struct Syscall(int X64, int? Arm64)
{
    /// <summary>Calls that came after the tables had become one.</summary>
    public static Syscall Everywhere(int number) => new(number, number);

    /// <summary>The number on this processor.</summary>
    public int? Here => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? X64 : Arm64;
}

/// <summary>The numbers that the sandbox itself calls and looks at.</summary>
internal static class SyscallNumbers
{
    public const int LandlockCreateRuleset = 444;
    public const int LandlockAddRule = 445;
    public const int LandlockRestrictSelf = 446;

    public static readonly Syscall Clone = new(56, 220);
    public static readonly Syscall Clone3 = Syscall.Everywhere(435);
    public static readonly Syscall SetTimes = new(280, 88);

    /// <summary>The last one that was looked at when the filter was written (mseal); what newer kernels add is refused.</summary>
    public const int Newest = 462;

    /// <summary>True where the numbers are those of this system.</summary>
    public static bool AreKnown => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;
}
