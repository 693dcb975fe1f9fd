using System.Runtime.InteropServices;

namespace Veil.Imaging.Native;

/// <summary>GLib's tagged value; layout fixed by its ABI (a type and two machine words of data).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    // The fundamental types' numbers are part of GLib's ABI: G_TYPE_MAKE_FUNDAMENTAL(n) is n << 2.
    public const nuint BooleanType = 5 << 2;
    public const nuint Int32Type = 6 << 2;
    public const nuint DoubleType = 15 << 2;
    public const nuint StringType = 16 << 2;

    public nuint Type;
    private readonly long _data0;
    private readonly long _data1;
}
