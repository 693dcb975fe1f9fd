using System.Runtime.InteropServices;

namespace Veil.Torch.Native;

/// <summary>The C interface of <c>native/include/veil_torch.h</c>. See <see cref="TorchLibrary"/> for whether it is there.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>VEIL_TORCH_ABI of the header that these declarations follow.</summary>
    public const int Abi = 1;

    private const string Library = "veil_torch";

    [LibraryImport(Library)]
    internal static partial int veil_torch_abi();

    [LibraryImport(Library)]
    internal static partial nint veil_torch_versions();

    [LibraryImport(Library)]
    internal static partial nint veil_torch_error();

    [LibraryImport(Library)]
    internal static partial TorchStatus veil_classifier_open(in NativeSettings settings, NativeTensor* weights, int count, out nint opened);

    [LibraryImport(Library)]
    internal static partial void veil_classifier_close(nint classifier);

    [LibraryImport(Library)]
    internal static partial TorchStatus veil_classifier_train(
        ClassifierHandle classifier, float* inputs, long length, int* labels, int count, out double loss, out int correct);

    [LibraryImport(Library)]
    internal static partial TorchStatus veil_classifier_predict(
        ClassifierHandle classifier, float* inputs, long length, int count, float* probabilities, long capacity);

    [LibraryImport(Library)]
    internal static partial TorchStatus veil_classifier_features(
        ClassifierHandle classifier, float* inputs, long length, int count, float* features, long capacity);

    [LibraryImport(Library)]
    internal static partial TorchStatus veil_classifier_state_size(ClassifierHandle classifier, out ulong size);

    [LibraryImport(Library)]
    internal static partial TorchStatus veil_classifier_save(ClassifierHandle classifier, byte* state, ulong size);

    [LibraryImport(Library)]
    internal static partial TorchStatus veil_classifier_load(ClassifierHandle classifier, byte* state, ulong size);
}
