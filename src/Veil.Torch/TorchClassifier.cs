using System.Security.Cryptography;
using Veil.Errors;
using Veil.Evaluation.Utility;
using Veil.Torch.Native;

namespace Veil.Torch;

/// <summary>A head, alone or upon ResNet-50, that libtorch trains.</summary>
internal sealed unsafe class TorchClassifier : ITrainableClassifier
{
    private const int FeatureLength = 2048;
    private readonly ClassifierHandle _handle;

    public TorchClassifier(ClassifierSpecification specification, IReadOnlyList<InitialWeight> weights, TorchOptions options)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        TorchLibrary.Require("Training");
        var head = specification.Protocol == TrainingProtocol.Frozen;
        var settings = new NativeSettings
        {
            Network = head ? NativeNetwork.Head : NativeNetwork.ResNet50,
            Classes = specification.Classes,
            Side = head ? 0 : specification.Side,
            TrainedStages = head ? 0 : specification.TrainedStages,
            LearningRate = specification.LearningRate,
            Seed = specification.Seed,
            Threads = options.ThreadsFor(specification.Protocol),
        };
        using var pinned = new PinnedWeights(weights);
        fixed (NativeTensor* tensors = pinned.Tensors)
        {
            TorchLibrary.Check(NativeMethods.veil_classifier_open(settings, tensors, pinned.Tensors.Length, out var handle), "A classifier");
            _handle = new ClassifierHandle(handle);
        }

        Classes = specification.Classes;
        InputLength = head ? FeatureLength : 3 * specification.Side * specification.Side;
    }

    public int InputLength { get; }

    public int Classes { get; }

    public TrainingStep Train(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        var count = Count(inputs, nameof(inputs));
        if (labels.Length != count)
        {
            throw new ArgumentException($"Expected a label for each of {count} inputs, but received {labels.Length}.", nameof(labels));
        }

        foreach (var label in labels)
        {
            if (label < 0 || label >= Classes)
            {
                throw new ArgumentException($"Expected labels from 0 to {Classes - 1}, but received {label}.", nameof(labels));
            }
        }

        fixed (float* input = inputs)
        fixed (int* label = labels)
        {
            TorchLibrary.Check(NativeMethods.veil_classifier_train(_handle, input, inputs.Length, label, count, out var loss, out var correct), "Training");
            return new TrainingStep(loss, correct);
        }
    }

    public void Predict(ReadOnlySpan<float> inputs, Span<float> probabilities)
    {
        var count = Count(inputs, nameof(inputs));
        ExpectRoom(probabilities, (long)count * Classes, nameof(probabilities));
        fixed (float* input = inputs)
        fixed (float* output = probabilities)
        {
            TorchLibrary.Check(NativeMethods.veil_classifier_predict(_handle, input, inputs.Length, count, output, probabilities.Length), "Prediction");
        }
    }

    /// <summary>What the head sees, as <see cref="Predict"/> computes it.</summary>
    /// <param name="inputs">Count × <see cref="InputLength"/>.</param>
    /// <param name="features">Count × 2048.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Features(ReadOnlySpan<float> inputs, Span<float> features)
    {
        var count = Count(inputs, nameof(inputs));
        ExpectRoom(features, (long)count * FeatureLength, nameof(features));
        fixed (float* input = inputs)
        fixed (float* output = features)
        {
            TorchLibrary.Check(NativeMethods.veil_classifier_features(_handle, input, inputs.Length, count, output, features.Length), "Computing features");
        }
    }

    /// <inheritdoc/>
    /// <remarks>The native library's layout (native/torch/state.h), and its SHA-256.</remarks>
    public byte[] Save()
    {
        TorchLibrary.Check(NativeMethods.veil_classifier_state_size(_handle, out var size), "Saving");
        var length = checked((int)size);
        var state = new byte[length + SHA256.HashSizeInBytes];
        fixed (byte* start = state)
        {
            TorchLibrary.Check(NativeMethods.veil_classifier_save(_handle, start, size), "Saving");
        }

        SHA256.HashData(state.AsSpan(0, length), state.AsSpan(length));
        return state;
    }

    public void Load(ReadOnlySpan<byte> state)
    {
        var length = state.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(state[..length]).AsSpan().SequenceEqual(state[length..]))
        {
            throw new VeilException(VeilErrorCode.TrainingFailed, "A saved state is damaged.", "Remove what was saved and begin anew.");
        }

        fixed (byte* start = state)
        {
            TorchLibrary.Check(NativeMethods.veil_classifier_load(_handle, start, (ulong)length), "A saved state");
        }
    }

    public void Dispose() => _handle.Dispose();

    private int Count(ReadOnlySpan<float> inputs, string name) =>
        inputs.Length > 0 && inputs.Length % InputLength == 0
            ? inputs.Length / InputLength
            : throw new ArgumentException($"Expected inputs of {InputLength} numbers each, but received {inputs.Length} numbers.", name);

    private static void ExpectRoom(Span<float> room, long expected, string name)
    {
        if (room.Length != expected)
        {
            throw new ArgumentException($"Expected room for {expected} numbers, but received {room.Length}.", name);
        }
    }
}
