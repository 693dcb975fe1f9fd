using Veil.Errors;
using Veil.Evaluation.Utility;

namespace Veil.Torch;

/// <summary>Makes classifiers that libtorch trains. Thread-safe.</summary>
public static class TorchClassifiers
{
    /// <summary>
    /// Makes a classifier. Its head is that of the seeds: 2048 features → 1024 relu → dropout 0.5 → 1024 relu → 512 relu →
    /// classes; kernels start Glorot-uniform, biases at zero. <see cref="TrainingProtocol.Finetune"/> sets it on ResNet-50,
    /// whose inputs are planes of blue, green and red, each a picture's rows from the top, 0 to 255 less Keras' means
    /// 103.939, 116.779 and 123.68. Adam is Keras': β1 0.9, β2 0.999, ε 1e-7 beside √v before its bias is corrected.
    /// </summary>
    /// <param name="specification">What is trained.</param>
    /// <param name="weights">What ResNet-50 starts with, by Keras' names; others are passed over. Copied; for <see cref="TrainingProtocol.Frozen"/> none are needed.</param>
    /// <param name="options">How the machine is used; null for the defaults.</param>
    /// <returns>To be disposed of by the caller.</returns>
    /// <exception cref="ArgumentException">Something of the specification or the options is out of range.</exception>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.MissingNative"/>: libtorch cannot be used; <see cref="VeilErrorCode.InvalidModel"/>: a weight is missing or of another shape.
    /// </exception>
    public static ITrainableClassifier Create(ClassifierSpecification specification, IReadOnlyList<InitialWeight> weights, TorchOptions? options = null) =>
        new TorchClassifier(specification, weights, options ?? new TorchOptions());
}
