using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>An open veil_cascade.</summary>
internal sealed class CascadeHandle : SafeHandle
{
    public CascadeHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.veil_cascade_close(handle);
        return true;
    }
}
