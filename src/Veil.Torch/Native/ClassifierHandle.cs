using System.Runtime.InteropServices;

namespace Veil.Torch.Native;

/// <summary>An open veil_classifier.</summary>
internal sealed class ClassifierHandle : SafeHandle
{
    public ClassifierHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.veil_classifier_close(handle);
        return true;
    }
}
