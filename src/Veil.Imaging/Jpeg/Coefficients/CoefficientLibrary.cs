using System.Globalization;
using System.Runtime.InteropServices;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>Whether Veil's own native library is here. Without it JPEGs are decoded and encoded as a whole. Thread-safe.</summary>
internal static class CoefficientLibrary
{
    private static readonly Lazy<string> Problem = new(Probe);

    public static bool IsAvailable => Problem.Value.Length == 0;

    /// <summary>Why it cannot be used; empty when it can.</summary>
    public static string WhyNot => Problem.Value;

    /// <summary>What the last failing call in this thread had to say.</summary>
    public static string TakeMessage() => Marshal.PtrToStringUTF8(NativeMethods.veil_native_error()) ?? "";

    private static string Probe()
    {
        try
        {
            var abi = NativeMethods.veil_native_abi();
            return abi == NativeMethods.Abi
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"Veil's native library has interface {abi}, but {NativeMethods.Abi} is needed");
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return "Veil's native library is not built or lacks libjpeg-turbo";
        }
    }
}
