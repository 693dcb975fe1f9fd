namespace Veil.Evaluation.Utility;

/// <summary>
/// A network that is trained to tell classes apart: made with its initial weights, changed by <see cref="Train"/>. The same
/// specification and the same calls give the same weights on one machine. Not thread-safe.
/// </summary>
public interface ITrainableClassifier : IDisposable
{
    /// <summary>Numbers in one input: 2048 features, or a picture's 3·side·side.</summary>
    int InputLength { get; }

    /// <summary>Classes it tells apart.</summary>
    int Classes { get; }

    /// <summary>One step of Adam against the mean cross-entropy of a batch; dropout and batch statistics as in training.</summary>
    /// <param name="inputs">Batch × <see cref="InputLength"/>, one input after the other.</param>
    /// <param name="labels">The class of each, 0 ≤ label &lt; <see cref="Classes"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label is out of range.</exception>
    /// <exception cref="Errors.VeilException">The library fails, or the loss is no longer a number.</exception>
    TrainingStep Train(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>What it makes of inputs, without dropout and with the averages of batch statistics; changes nothing.</summary>
    /// <param name="inputs">Count × <see cref="InputLength"/>.</param>
    /// <param name="probabilities">Count × <see cref="Classes"/>; rows sum to 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> probabilities);

    /// <summary>All that further training depends on: weights, averages, Adam's moments, the state of the random numbers.</summary>
    byte[] Save();

    /// <summary>Goes back to what <see cref="Save"/> gave, by this instance or another one of the same specification.</summary>
    /// <param name="state">From <see cref="Save"/>.</param>
    /// <exception cref="Errors.VeilException">Not of this specification, or damaged.</exception>
    void Load(ReadOnlySpan<byte> state);
}

/// <summary>What a step of training gave.</summary>
/// <param name="Loss">Mean cross-entropy of the batch before the step, nats.</param>
/// <param name="Correct">Inputs of the batch whose most probable class was the right one.</param>
public readonly record struct TrainingStep(double Loss, int Correct);
