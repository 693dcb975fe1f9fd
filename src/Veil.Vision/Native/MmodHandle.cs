using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>An open veil_mmod.</summary>
internal sealed class MmodHandle : SafeHandle
{
    public MmodHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.veil_mmod_close(handle);
        return true;
    }
}
