using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>An open veil_face_network.</summary>
internal sealed class FaceNetworkHandle : SafeHandle
{
    public FaceNetworkHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.veil_face_network_close(handle);
        return true;
    }
}
