using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>
/// The filter of system calls: a program of the kernel's packet filter that is run before each of them. What is refused fails with EPERM,
/// what the filter's author did not know yet with ENOSYS, as on a kernel without it.
/// </summary>
internal static class SyscallFilter
{
    private const int InstructionBytes = 8;

    // struct seccomp_data
    private const uint NumberAt = 0;
    private const uint ArchitectureAt = 4;
    private const uint FirstArgumentAt = 16;
    private const uint SecondArgumentAt = 24;
    private const uint HalfBytes = 4;

    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfGreater = 0x25;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private const uint Allow = 0x7FFF_0000;
    private const uint Refuse = 0x0005_0000 | SandboxCalls.NotPermitted;
    private const uint NotKnown = 0x0005_0000 | 38;

    private const uint X64 = 0xC000_003E;
    private const uint Arm64 = 0xC000_00B7;

    // CLONE_NEW… for mounts, groups, names, messages, users, processes and networks.
    private const uint NewNamespaces = 0x7E02_0000;

    /// <summary>True where the kernel takes filters: it complains about the place of one that is nowhere.</summary>
    public static bool IsSupported => SandboxCalls.Control(SandboxCalls.SetSeccomp, SandboxCalls.FilterMode, 0, 0, 0) != 0 && Marshal.GetLastPInvokeError() == SandboxCalls.BadAddress;

    /// <summary>Holds for this thread from now on, for what it will start, and for a program that it becomes. It must not be able to gain rights.</summary>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public static void Enforce()
    {
        var program = Program();
        var held = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            var filter = new SandboxCalls.FilterProgram((ushort)(program.Length / InstructionBytes), held.AddrOfPinnedObject());
            SandboxException.ThrowIf(SandboxCalls.Control(SandboxCalls.SetSeccomp, SandboxCalls.FilterMode, in filter, 0, 0) != 0, "prctl(PR_SET_SECCOMP)");
        }
        finally
        {
            held.Free();
        }
    }

    private static byte[] Program()
    {
        var code = new List<(ushort Code, byte IfTrue, byte IfFalse, uint Value)>();

        // The numbers below mean other calls where a 32-bit program makes them.
        Then(Load, ArchitectureAt);
        If(JumpIfEqual, RuntimeInformation.ProcessArchitecture == Architecture.X64 ? X64 : Arm64, skip: 1);
        Then(Return, Refuse);

        // Above the newest lie those that came later, and x64's second table, which starts at 2^30.
        Then(Load, NumberAt);
        Unless(JumpIfGreater, SyscallNumbers.Newest, NotKnown);
        foreach (var number in RefusedSyscalls.Here)
        {
            Unless(JumpIfEqual, (uint)number, Refuse);
        }

        // clone3 has its flags in memory, where no filter looks: without it, the C library takes clone.
        Unless(JumpIfEqual, (uint)SyscallNumbers.Clone3.Here!.Value, NotKnown);

        // Threads and processes may be made, but none with a namespace of its own.
        IfNot((uint)SyscallNumbers.Clone.Here!.Value, skip: 4);
        Then(Load, FirstArgumentAt);
        Unless(JumpIfAnyBit, NewNamespaces, Refuse);
        Then(Return, Allow);

        // Times are set of what is open, not of a path: that is an address other than zero.
        IfNot((uint)SyscallNumbers.SetTimes.Here!.Value, skip: 6);
        Then(Load, SecondArgumentAt);
        If(JumpIfEqual, 0, skip: 1);
        Then(Return, Refuse);
        Then(Load, SecondArgumentAt + HalfBytes);
        If(JumpIfEqual, 0, skip: 1);
        Then(Return, Refuse);
        Then(Return, Allow);
        return Assembled();

        void Then(ushort what, uint value) => code.Add((what, 0, 0, value));
        void If(ushort test, uint value, byte skip) => code.Add((test, skip, 0, value));
        void IfNot(uint value, byte skip) => code.Add((JumpIfEqual, 0, skip, value));
        void Unless(ushort test, uint value, uint answer)
        {
            code.Add((test, 0, 1, value));
            Then(Return, answer);
        }

        byte[] Assembled()
        {
            var bytes = new byte[code.Count * InstructionBytes];
            for (var i = 0; i < code.Count; i++)
            {
                var one = bytes.AsSpan(i * InstructionBytes);
                BinaryPrimitives.WriteUInt16LittleEndian(one, code[i].Code);
                (one[2], one[3]) = (code[i].IfTrue, code[i].IfFalse);
                BinaryPrimitives.WriteUInt32LittleEndian(one[4..], code[i].Value);
            }

            return bytes;
        }
    }
}
