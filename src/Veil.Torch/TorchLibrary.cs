using System.Runtime.InteropServices;
using Veil.Errors;
using Veil.Inference;
using Veil.Torch.Native;

namespace Veil.Torch;

/// <summary>
/// Whether the native library over libtorch is here. It is loaded, which takes about half a second, when it is first asked
/// for. Thread-safe.
/// </summary>
public static class TorchLibrary
{
    private static readonly OptionalLibrary Library = OptionalLibrary.OfVeil(
        "Veil's training library", NativeMethods.veil_torch_abi, NativeMethods.Abi, "is not built, or what it is built on is not installed");

    /// <summary>True when it can be used.</summary>
    public static bool IsAvailable => Library.IsAvailable;

    /// <summary>Why it cannot be used; empty when it can.</summary>
    public static string WhyNot => Library.WhyNot;

    /// <summary>What to do where it is missing.</summary>
    public static string Remedy => NativePackages.RemedyFor("libveil_torch");

    /// <summary>What runs: <c>libtorch 1.13.0</c>.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it cannot be used.</exception>
    public static string Versions
    {
        get
        {
            Require("asking for versions");
            return Marshal.PtrToStringUTF8(NativeMethods.veil_torch_versions()) ?? "";
        }
    }

    /// <summary>Fails with what to do unless the library can be used.</summary>
    /// <param name="need">What needs it, as a sentence's subject: <c>Training</c>.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it cannot be used.</exception>
    internal static void Require(string need)
    {
        if (!IsAvailable)
        {
            throw new VeilException(VeilErrorCode.MissingNative, $"{need} needs libtorch: {WhyNot}.", Remedy);
        }
    }

    /// <summary>Turns a failed call into an exception; nothing happens after one that went well.</summary>
    /// <param name="status">What the call returned, asked for on the same thread.</param>
    /// <param name="what">What was tried, as a sentence's subject.</param>
    internal static void Check(TorchStatus status, string what)
    {
        if (status == TorchStatus.Ok)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(NativeMethods.veil_torch_error()) ?? "";
        throw status switch
        {
            TorchStatus.Argument => new ArgumentException($"{what}: {message}."),
            TorchStatus.Memory => new InsufficientMemoryException($"{what}: {message}."),
            TorchStatus.Model => new VeilException(VeilErrorCode.InvalidModel, $"{what}: {message}.", "Weights of Keras' ResNet-50 are expected."),
            TorchStatus.State => new VeilException(VeilErrorCode.TrainingFailed, $"{what}: {message}.", "Remove what was saved and begin anew."),
            TorchStatus.Diverged => new VeilException(VeilErrorCode.TrainingFailed, $"{what} failed: {message}.", "A smaller learning rate, or inputs without extreme numbers, may help."),
            _ => new VeilException(VeilErrorCode.TrainingFailed, $"{what} failed: {message}."),
        };
    }
}
