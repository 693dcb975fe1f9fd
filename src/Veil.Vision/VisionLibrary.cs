using System.Runtime.InteropServices;
using Veil.Errors;
using Veil.Inference;
using Veil.Vision.Native;

namespace Veil.Vision;

/// <summary>
/// Whether the native library over OpenCV and dlib is here. It is loaded when it is first asked for. Thread-safe.
/// </summary>
public static class VisionLibrary
{
    private static readonly OptionalLibrary Library = OptionalLibrary.OfVeil(
        "Veil's vision library", NativeMethods.veil_vision_abi, NativeMethods.Abi, "is not built, or what it is built on is not installed");

    /// <summary>True when it can be used.</summary>
    public static bool IsAvailable => Library.IsAvailable;

    /// <summary>Why it cannot be used; empty when it can.</summary>
    public static string WhyNot => Library.WhyNot;

    /// <summary>What to do where it is missing.</summary>
    public static string Remedy => NativePackages.RemedyFor("libveil_vision");

    /// <summary>What runs: <c>OpenCV 4.6.0, dlib 19.24.0</c>.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it cannot be used.</exception>
    public static string Versions
    {
        get
        {
            Require("asking for versions");
            return Marshal.PtrToStringUTF8(NativeMethods.veil_vision_versions()) ?? "";
        }
    }

    /// <summary>Fails with what to do unless the library can be used.</summary>
    /// <param name="need">What needs it, as a sentence's subject: <c>Telea's inpainting</c>.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it cannot be used.</exception>
    internal static void Require(string need)
    {
        if (!IsAvailable)
        {
            throw new VeilException(VeilErrorCode.MissingNative, $"{need} needs OpenCV and dlib: {WhyNot}.", Remedy);
        }
    }

    /// <summary>Turns a failed call into an exception; nothing happens after one that went well.</summary>
    /// <param name="status">What the call returned, asked for on the same thread.</param>
    /// <param name="what">What was tried, as a sentence's subject.</param>
    /// <param name="code">What a failure of OpenCV or dlib means here.</param>
    internal static void Check(VisionStatus status, string what, VeilErrorCode code)
    {
        if (status == VisionStatus.Ok)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(NativeMethods.veil_vision_error()) ?? "";
        throw status switch
        {
            VisionStatus.Argument => new ArgumentException($"{what}: {message}."),
            VisionStatus.Memory => new InsufficientMemoryException($"{what}: {message}."),
            VisionStatus.Model => new VeilException(VeilErrorCode.InvalidModel, $"{what}: the model cannot be read: {message}.", "Get the file again; 'veil models' says where from."),
            _ => new VeilException(code, $"{what} failed: {message}."),
        };
    }
}
