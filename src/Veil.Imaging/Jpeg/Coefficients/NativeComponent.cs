using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>veil_component of <c>native/include/veil_native.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeComponent
{
    /// <summary>Sampling factors.</summary>
    public int Horizontal;
    public int Vertical;

    /// <summary>Blocks that hold pixels of the picture.</summary>
    public int BlockColumns;
    public int BlockRows;

    /// <summary>Quantisation, row by row.</summary>
    public QuantisationSteps Steps;

    [InlineArray(64)]
    internal struct QuantisationSteps
    {
        private ushort _first;
    }
}
