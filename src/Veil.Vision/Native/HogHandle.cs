using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>An open veil_hog.</summary>
internal sealed class HogHandle : SafeHandle
{
    public HogHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.veil_hog_close(handle);
        return true;
    }
}
