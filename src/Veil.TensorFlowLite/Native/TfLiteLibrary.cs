using System.Runtime.InteropServices;
using Veil.Errors;

namespace Veil.TensorFlowLite.Native;

/// <summary>Whether TensorFlow Lite is here, in a version whose interface is the declared one. Thread-safe.</summary>
internal static class TfLiteLibrary
{
    private const string Expected = "2.";
    private static readonly Lazy<string> Problem = new(Probe);

    /// <summary>Call before the first use.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it is not.</exception>
    public static void Require()
    {
        if (Problem.Value.Length > 0)
        {
            throw new VeilException(
                VeilErrorCode.MissingNative, $"TensorFlow Lite (libtensorflowlite_c) cannot be used: {Problem.Value}.",
                "'./veil' installs it with npm for Linux on x64; elsewhere leave out what needs dense face points.");
        }
    }

    private static string Probe()
    {
        try
        {
            var version = Marshal.PtrToStringUTF8(NativeMethods.TfLiteVersion()) ?? "";
            return version.StartsWith(Expected, StringComparison.Ordinal) ? "" : $"expected version {Expected}x, but received '{version}'";
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return "it is not beside the program";
        }
    }
}
