using System.Runtime.InteropServices;
using Veil.Errors;
using Veil.Inference;

namespace Veil.TensorFlowLite.Native;

/// <summary>Whether TensorFlow Lite is here, in a version whose interface is the declared one. Thread-safe.</summary>
public static class TfLiteLibrary
{
    /// <summary>What to do where it is not.</summary>
    public const string Remedy = "'./veil' installs it with npm for Linux on x64; elsewhere leave out what needs dense face points.";

    private const string Expected = "2.";

    private static readonly OptionalLibrary Library = new(
        () => Loaded() is var version && version.StartsWith(Expected, StringComparison.Ordinal) ? "" : $"expected version {Expected}x, but received '{version}'",
        "it is not beside the program");

    /// <summary>Why it cannot be used; empty when it can.</summary>
    public static string WhyNot => Library.WhyNot;

    /// <summary>Its version.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it is not here.</exception>
    public static string Version
    {
        get
        {
            Require();
            return Loaded();
        }
    }

    /// <summary>Call before the first use.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it is not here.</exception>
    public static void Require()
    {
        if (WhyNot.Length > 0)
        {
            throw new VeilException(VeilErrorCode.MissingNative, $"TensorFlow Lite (libtensorflowlite_c) cannot be used: {WhyNot}.", Remedy);
        }
    }

    private static string Loaded() => Marshal.PtrToStringUTF8(NativeMethods.TfLiteVersion()) ?? "";
}
