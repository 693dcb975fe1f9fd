using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Veil.Anonymization;
using Veil.Evaluation.Utility;

namespace Veil.Evaluation.Tests.Utility;

/// <summary>Multinomial logistic regression by gradient descent, with dropout of inputs, so that its state has random numbers, too.</summary>
internal sealed class SoftmaxRegression : ITrainableClassifier
{
    private const float Kept = 0.9f;

    private readonly float _rate;
    private readonly float[] _weights;
    private ulong _draws;

    public SoftmaxRegression(ClassifierSpecification specification, int inputLength)
    {
        (Classes, InputLength, _rate) = (specification.Classes, inputLength, (float)specification.LearningRate);
        _weights = new float[Classes * (inputLength + 1)];
        var random = new SplitMix64((ulong)specification.Seed);
        foreach (ref var weight in _weights.AsSpan())
        {
            weight = (random.NextFloat() - 0.5f) * 0.1f;
        }

        _draws = (ulong)specification.Seed;
    }

    public int InputLength { get; }

    public int Classes { get; }

    /// <summary>Labels of every batch, in the order in which they came.</summary>
    public List<int[]> Batches { get; } = [];

    public bool IsDisposed { get; private set; }

    public TrainingStep Train(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        Batches.Add(labels.ToArray());
        var random = new SplitMix64(_draws++);
        var dropped = inputs.ToArray();
        foreach (ref var value in dropped.AsSpan())
        {
            value = random.NextFloat() < Kept ? value / Kept : 0;
        }

        var probabilities = new float[labels.Length * Classes];
        Predict(dropped, probabilities);
        var (loss, correct) = (0.0, 0);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.AsSpan(i * Classes, Classes);
            loss -= Math.Log(Math.Max(row[labels[i]], 1e-30f)) / labels.Length;
            correct += row.IndexOf(row.ToArray().Max()) == labels[i] ? 1 : 0;
            row[labels[i]] -= 1;
            for (var label = 0; label < Classes; label++)
            {
                var weights = _weights.AsSpan(label * (InputLength + 1), InputLength + 1);
                for (var j = 0; j < InputLength; j++)
                {
                    weights[j] -= _rate * row[label] * dropped[(i * InputLength) + j] / labels.Length;
                }

                weights[InputLength] -= _rate * row[label] / labels.Length;
            }
        }

        return new TrainingStep(loss, correct);
    }

    public void Predict(ReadOnlySpan<float> inputs, Span<float> probabilities)
    {
        for (var i = 0; i < inputs.Length / InputLength; i++)
        {
            var row = probabilities.Slice(i * Classes, Classes);
            for (var label = 0; label < Classes; label++)
            {
                var weights = _weights.AsSpan(label * (InputLength + 1), InputLength + 1);
                row[label] = weights[InputLength];
                for (var j = 0; j < InputLength; j++)
                {
                    row[label] += weights[j] * inputs[(i * InputLength) + j];
                }
            }

            var (largest, sum) = (row.ToArray().Max(), 0f);
            foreach (ref var value in row)
            {
                value = MathF.Exp(value - largest);
                sum += value;
            }

            foreach (ref var value in row)
            {
                value /= sum;
            }
        }
    }

    public byte[] Save()
    {
        var state = new byte[sizeof(ulong) + (sizeof(float) * _weights.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(state, _draws);
        MemoryMarshal.AsBytes(_weights.AsSpan()).CopyTo(state.AsSpan(sizeof(ulong)));
        return state;
    }

    public void Load(ReadOnlySpan<byte> state)
    {
        _draws = BinaryPrimitives.ReadUInt64LittleEndian(state);
        MemoryMarshal.Cast<byte, float>(state[sizeof(ulong)..]).CopyTo(_weights);
    }

    public void Dispose() => IsDisposed = true;
}
