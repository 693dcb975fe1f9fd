namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>veil_status of <c>native/include/veil_native.h</c>.</summary>
internal enum NativeStatus
{
    Ok = 0,
    Corrupt = 1,
    Unsuitable = 2,
    Limit = 3,
    Argument = 4,
    Memory = 5,
}
