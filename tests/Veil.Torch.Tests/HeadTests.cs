using Veil.Errors;
using Veil.Evaluation.Utility;

namespace Veil.Torch.Tests;

public sealed class HeadTests
{
    [TorchFact]
    public void What_no_single_layer_can_tell_apart_is_learned()
    {
        using var classifier = Toy.Create(Toy.Head);
        var losses = new List<double>();
        for (var step = 0; step < 60; step++)
        {
            var (inputs, labels) = Toy.ExclusiveOr(32, step);
            losses.Add(classifier.Train(inputs, labels).Loss);
        }

        var (unseen, truth) = Toy.ExclusiveOr(100, 1000);
        var probabilities = new float[200];
        classifier.Predict(unseen, probabilities);

        Assert.InRange(losses[0], 0.3, 1.2);
        Assert.InRange(losses[^1], 0, 0.1);
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(probabilities[(2 * i) + truth[i]] > 0.5f));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(1, probabilities[2 * i] + probabilities[(2 * i) + 1], 1e-5f));
    }

    [TorchFact]
    public void Kernels_start_glorot_uniform_and_biases_at_zero()
    {
        using var classifier = Toy.Create(Toy.Head with { Classes = 12 });
        var state = new SavedState(classifier.Save());
        int[] widths = [2048, 1024, 1024, 512, 12];
        for (var layer = 1; layer <= 4; layer++)
        {
            var (kernel, bias) = (state[$"dense{layer}/kernel"], state[$"dense{layer}/bias"]);
            var limit = Math.Sqrt(6.0 / (widths[layer - 1] + widths[layer]));
            Assert.Equal(widths[layer - 1] * widths[layer], kernel.Length);
            Assert.All(bias, value => Assert.Equal(0, value));
            Assert.Equal(widths[layer], bias.Length);
            Assert.InRange(kernel.Max(), limit * 0.99, limit);
            Assert.InRange(kernel.Min(), -limit, -limit * 0.99);

            // The mean of n even numbers strays by limit/√(3n), their variance is limit²/3.
            Assert.InRange(kernel.Average(), -5 * limit / Math.Sqrt(3.0 * kernel.Length), 5 * limit / Math.Sqrt(3.0 * kernel.Length));
            Assert.InRange(kernel.Average(value => (double)value * value) / (limit * limit / 3), 0.95, 1.05);
        }
    }

    // Inputs of zeros leave nothing of the network but its last bias: its softmax regression is done by hand beside it.
    [TorchFact]
    public void Steps_are_those_of_adam_as_keras_takes_them()
    {
        using var classifier = Toy.Create(Toy.Head with { Classes = 3 });
        var bias = new double[3];
        var (first, second) = (new double[3], new double[3]);
        int[] labels = [0, 0, 1, 2, 0];
        double[] share = [0.6, 0.2, 0.2];
        for (var step = 1; step <= 20; step++)
        {
            var exponents = bias.Select(Math.Exp).ToArray();
            var probabilities = exponents.Select(value => value / exponents.Sum()).ToArray();
            var expected = -share.Select((portion, i) => portion * Math.Log(probabilities[i])).Sum();
            for (var i = 0; i < 3; i++)
            {
                var gradient = probabilities[i] - share[i];
                first[i] = (0.9 * first[i]) + (0.1 * gradient);
                second[i] = (0.999 * second[i]) + (0.001 * gradient * gradient);
                bias[i] -= 0.001 * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step)) * first[i] / (Math.Sqrt(second[i]) + 1e-7);
            }

            Assert.Equal(expected, classifier.Train(new float[5 * Toy.Features], labels).Loss, 1e-6);

            // Epsilon beside the corrected moment, as torch has it, would be 1e-8 away after the first step.
            if (step is 1 or 2 or 20)
            {
                Assert.All(new SavedState(classifier.Save())["dense4/bias"].Zip(bias), pair => Assert.Equal(pair.Second, pair.First, 2e-9 * step));
            }
        }
    }

    [TorchFact]
    public void Training_counts_what_is_right_and_prediction_changes_nothing()
    {
        using var classifier = Toy.Create(Toy.Head);
        var (inputs, labels) = Toy.ExclusiveOr(32, 1);
        var before = classifier.Save();
        var (once, again) = (new float[64], new float[64]);
        classifier.Predict(inputs, once);
        classifier.Predict(inputs, again);

        Assert.Equal(once, again);
        Assert.Equal(before, classifier.Save());
        for (var step = 0; step < 40; step++)
        {
            classifier.Train(inputs, labels);
        }

        Assert.Equal(32, classifier.Train(inputs, labels).Correct);
    }

    [TorchFact]
    public void Many_inputs_are_predicted_as_each_is_alone()
    {
        using var classifier = Toy.Create(Toy.Head with { Classes = 5 });
        var inputs = Toy.Noise(70 * Toy.Features, 3);
        var together = new float[70 * 5];
        var alone = new float[5];
        classifier.Predict(inputs, together);
        foreach (var i in (int[])[0, 31, 32, 69])
        {
            classifier.Predict(inputs.AsSpan(i * Toy.Features, Toy.Features), alone);
            Assert.All(alone.Zip(together.AsSpan(i * 5, 5).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [TorchFact]
    public void The_same_calls_give_the_same_weights_and_instances_do_not_disturb_each_other()
    {
        var (inputs, labels) = Toy.ExclusiveOr(32, 4);
        using var alone = Toy.Create(Toy.Head);
        for (var step = 0; step < 5; step++)
        {
            alone.Train(inputs, labels);
        }

        using var one = Toy.Create(Toy.Head);
        using var other = Toy.Create(Toy.Head with { Seed = 2 });
        for (var step = 0; step < 5; step++)
        {
            one.Train(inputs, labels);
            other.Train(inputs, labels);
        }

        Assert.Equal(alone.Save(), one.Save());
        Assert.NotEqual(new SavedState(one.Save())["dense1/kernel"], new SavedState(other.Save())["dense1/kernel"]);
    }

    [TorchFact]
    public async Task Instances_may_train_at_the_same_time()
    {
        static byte[] Train(int threads)
        {
            using var classifier = TorchClassifiers.Create(Toy.Head, [], new TorchOptions { Threads = threads });
            var (inputs, labels) = Toy.ExclusiveOr(32, 4);
            for (var step = 0; step < 5; step++)
            {
                classifier.Train(inputs, labels);
            }

            return classifier.Save();
        }

        byte[][] alone = [Train(1), Train(2)];
        var together = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Train((i % 2) + 1))));

        Assert.All(together.Index(), trained => Assert.True(alone[trained.Index % 2].AsSpan().SequenceEqual(trained.Item)));
    }

    [TorchFact]
    public void A_step_drops_out_other_places_than_the_one_before()
    {
        // A learning rate that moves nothing: only dropout makes losses differ.
        using var classifier = Toy.Create(Toy.Head with { LearningRate = 1e-30 });
        var (inputs, labels) = Toy.ExclusiveOr(32, 5);
        var losses = Enumerable.Range(0, 4).Select(_ => classifier.Train(inputs, labels).Loss).ToList();

        Assert.Equal(4, losses.Distinct().Count());
    }

    [TorchFact]
    public void A_loss_that_is_not_a_number_stops_training()
    {
        using var classifier = Toy.Create(Toy.Head);
        var (inputs, labels) = Toy.ExclusiveOr(4, 6);
        inputs[0] = float.NaN;

        Assert.Equal(VeilErrorCode.TrainingFailed, Assert.Throws<VeilException>(() => classifier.Train(inputs, labels)).Code);
    }

    [TorchFact]
    public void Lengths_and_labels_that_do_not_fit_are_refused()
    {
        using var classifier = Toy.Create(Toy.Head);
        Assert.Throws<ArgumentException>(() => classifier.Train(new float[Toy.Features + 1], [0]));
        Assert.Throws<ArgumentException>(() => classifier.Train(new float[Toy.Features], [0, 1]));
        Assert.Throws<ArgumentException>(() => classifier.Train(new float[Toy.Features], [2]));
        Assert.Throws<ArgumentException>(() => classifier.Train(new float[Toy.Features], [-1]));
        Assert.Throws<ArgumentException>(() => classifier.Train([], []));
        Assert.Throws<ArgumentException>(() => classifier.Predict(new float[Toy.Features], new float[3]));
        Assert.Throws<ArgumentException>(() => classifier.Predict(new float[7], new float[2]));
    }

    [TorchFact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Toy.Create(Toy.Head with { Classes = 1 }));
        Assert.Throws<ArgumentException>(() => Toy.Create(Toy.Head with { LearningRate = 0 }));
        Assert.Throws<ArgumentException>(() => Toy.Create(Toy.Head with { LearningRate = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchClassifiers.Create(Toy.Head, [], new TorchOptions { Threads = 0 }));
        Assert.Throws<ArgumentException>(() => Toy.Create(Toy.Head with { Protocol = TrainingProtocol.Finetune, Side = 65 }));
        Assert.Throws<ArgumentException>(() => Toy.Create(Toy.Head with { Protocol = TrainingProtocol.Finetune, TrainedStages = 6 }));
    }
}
