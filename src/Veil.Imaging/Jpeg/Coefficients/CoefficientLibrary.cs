using System.Runtime.InteropServices;
using Veil.Inference;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>Whether Veil's own native library is here. Without it JPEGs are decoded and encoded as a whole. Thread-safe.</summary>
internal static class CoefficientLibrary
{
    private static readonly OptionalLibrary Library = OptionalLibrary.OfVeil(
        "Veil's native library", NativeMethods.veil_native_abi, NativeMethods.Abi, "is not built or lacks libjpeg-turbo");

    public static bool IsAvailable => Library.IsAvailable;

    /// <summary>Why it cannot be used; empty when it can.</summary>
    public static string WhyNot => Library.WhyNot;

    /// <summary>What the last failing call in this thread had to say.</summary>
    public static string TakeMessage() => Marshal.PtrToStringUTF8(NativeMethods.veil_native_error()) ?? "";
}
