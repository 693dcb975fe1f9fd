using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>An open veil_shape.</summary>
internal sealed class ShapeHandle : SafeHandle
{
    public ShapeHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.veil_shape_close(handle);
        return true;
    }
}
