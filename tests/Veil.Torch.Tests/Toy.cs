using Veil.Evaluation.Utility;

namespace Veil.Torch.Tests;

/// <summary>Small problems, and networks to solve them.</summary>
internal static class Toy
{
    public const int Features = 2048;

    public static ClassifierSpecification Head { get; } = new() { Protocol = TrainingProtocol.Frozen, Classes = 2 };

    public static ITrainableClassifier Create(ClassifierSpecification specification) => TorchClassifiers.Create(specification, []);

    /// <summary>Points whose class is whether two of their features differ in sign: no single layer tells them apart.</summary>
    public static (float[] Inputs, int[] Labels) ExclusiveOr(int count, int seed)
    {
        var random = new Random(seed);
        var inputs = new float[count * Features];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (random.Next(2), random.Next(2));
            labels[i] = a ^ b;
            for (var j = 0; j < 64; j += 2)
            {
                inputs[(i * Features) + j] = (a * 2) - 1 + (random.NextSingle() * 0.4f);
                inputs[(i * Features) + j + 1] = (b * 2) - 1 + (random.NextSingle() * 0.4f);
            }
        }

        return (inputs, labels);
    }

    public static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
