using Veil.Errors;
using Veil.Evaluation.Utility;

namespace Veil.Torch.Tests;

public sealed class FinetuningTests
{
    private static readonly IReadOnlyList<InitialWeight> Weights = ResNetWeights.Random(1);

    private static ClassifierSpecification Specification { get; } =
        new() { Protocol = TrainingProtocol.Finetune, Classes = 3, Side = 32, TrainedStages = 1, LearningRate = 0.0001 };

    [TorchFact]
    public void All_stages_learn_a_few_pictures_by_heart()
    {
        using var classifier = TorchClassifiers.Create(Specification with { TrainedStages = 5 }, Weights);
        var (pictures, labels) = Pictures();
        var losses = Enumerable.Range(0, 20).Select(_ => classifier.Train(pictures, labels).Loss).ToList();

        Assert.InRange(losses[0], 0.5, 4);
        Assert.InRange(losses[^1], 0, losses[0] / 3);
    }

    [TorchFact]
    public void What_is_frozen_keeps_weights_and_averages_and_the_rest_moves()
    {
        using var classifier = TorchClassifiers.Create(Specification, Weights);
        var before = new SavedState(classifier.Save());
        var (pictures, labels) = Pictures();
        classifier.Train(pictures, labels);
        var after = new SavedState(classifier.Save());

        Assert.Equal((53 * 6) + 8, after.Names.Count);
        foreach (var name in after.Names)
        {
            var trained = name.StartsWith("res5", StringComparison.Ordinal) || name.StartsWith("bn5", StringComparison.Ordinal)
                || name.StartsWith("dense", StringComparison.Ordinal);
            Assert.True(before.Bytes(name).SequenceEqual(after.Bytes(name)) != trained, name);
        }
    }

    [TorchFact]
    public void Averages_follow_the_batch_by_a_hundredth()
    {
        using var classifier = TorchClassifiers.Create(Specification with { TrainedStages = 5 }, Weights);
        var before = new SavedState(classifier.Save());
        var (pictures, labels) = Pictures();
        classifier.Train(pictures, labels);
        var after = new SavedState(classifier.Save());

        // The mean of a convolution over a batch, for the first channel, by hand: rows and columns outside are zero.
        var (kernel, bias) = (before["conv1/kernel"], before["conv1/bias"][0]);
        var (sum, squares) = (0.0, 0.0);
        for (var picture = 0; picture < labels.Length; picture++)
        {
            for (var place = 0; place < 256; place++)
            {
                double value = bias;
                for (var at = 0; at < 147; at++)
                {
                    var (row, column) = ((place / 16 * 2) - 3 + (at / 7 % 7), (place % 16 * 2) - 3 + (at % 7));
                    value += row is >= 0 and < 32 && column is >= 0 and < 32
                        ? kernel[at] * pictures[((((picture * 3) + (at / 49)) * 32) + row) * 32 + column] : 0;
                }

                sum += value;
                squares += value * value;
            }
        }

        var count = labels.Length * 256.0;
        var variance = (squares - (sum * sum / count)) / (count - 1);
        Assert.Equal((0.99 * before["bn_conv1/moving_mean"][0]) + (0.01 * sum / count), after["bn_conv1/moving_mean"][0], 1e-4);
        Assert.Equal((0.99 * before["bn_conv1/moving_variance"][0]) + (0.01 * variance), after["bn_conv1/moving_variance"][0], 1e-4);
    }

    [TorchFact]
    public void Training_goes_on_after_loading_as_if_it_had_not_stopped()
    {
        var (pictures, labels) = Pictures();
        using var whole = TorchClassifiers.Create(Specification, Weights);
        whole.Train(pictures, labels);
        var saved = whole.Save();
        var expected = whole.Train(pictures, labels);

        using var resumed = TorchClassifiers.Create(Specification, ResNetWeights.Random(2));
        resumed.Load(saved);
        var probabilities = new float[labels.Length * 3];
        resumed.Predict(pictures, probabilities);

        Assert.Equal(expected, resumed.Train(pictures, labels));
        Assert.True(whole.Save().AsSpan().SequenceEqual(resumed.Save()));
    }

    [TorchFact]
    public void One_picture_that_leaves_one_value_of_a_channel_keeps_averages_finite()
    {
        using var classifier = TorchClassifiers.Create(Specification, Weights);
        var pictures = Toy.Noise(classifier.InputLength, 8);
        classifier.Train(pictures, [1]);
        var probabilities = new float[3];
        classifier.Predict(pictures, probabilities);

        Assert.All(probabilities, value => Assert.True(float.IsFinite(value)));
    }

    [TorchFact]
    public void A_head_upon_frozen_stages_learns_as_the_head_alone_does_from_their_features()
    {
        using var classifier = TorchClassifiers.Create(Specification with { TrainedStages = 0 }, Weights);
        var (pictures, labels) = Pictures();
        var features = new float[labels.Length * Toy.Features];
        ((TorchClassifier)classifier).Features(pictures, features);
        using var head = Toy.Create(Toy.Head with { Classes = 3, LearningRate = 0.0001 });
        for (var step = 0; step < 3; step++)
        {
            Assert.Equal(head.Train(features, labels).Loss, classifier.Train(pictures, labels).Loss, 1e-4);
        }
    }

    [TorchFact]
    public void A_weight_that_is_missing_or_of_another_shape_is_named()
    {
        var missing = Assert.Throws<VeilException>(() => TorchClassifiers.Create(Specification, [.. Weights.Where(weight => weight.Name != "bn3c_branch2b/beta")]));
        var other = Assert.Throws<VeilException>(() => TorchClassifiers.Create(
            Specification, [.. Weights.Where(weight => weight.Name != "conv1/bias"), new InitialWeight("conv1/bias", [63], new float[63])]));

        Assert.Equal((VeilErrorCode.InvalidModel, VeilErrorCode.InvalidModel), (missing.Code, other.Code));
        Assert.Contains("bn3c_branch2b/beta", missing.Message, StringComparison.Ordinal);
        Assert.Contains("conv1/bias", other.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new InitialWeight("conv1/bias", [64], new float[63]));
    }

    private static (float[] Pictures, int[] Labels) Pictures() => (Toy.Noise(6 * 3 * 32 * 32, 7), [0, 1, 2, 0, 1, 2]);
}
