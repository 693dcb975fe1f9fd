using System.Runtime.InteropServices;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>An open veil_jpeg.</summary>
internal sealed class CoefficientHandle : SafeHandle
{
    public CoefficientHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.veil_jpeg_close(handle);
        return true;
    }
}
