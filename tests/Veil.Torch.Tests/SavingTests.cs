using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Evaluation.Utility;

namespace Veil.Torch.Tests;

public sealed class SavingTests
{
    [TorchFact]
    public void Training_goes_on_after_loading_as_if_it_had_not_stopped()
    {
        using var whole = Toy.Create(Toy.Head);
        Train(whole, 0, 6);
        var saved = whole.Save();
        var expected = Train(whole, 6, 12);

        using var resumed = Toy.Create(Toy.Head);
        Train(resumed, 50, 53);
        resumed.Load(saved);

        Assert.Equal(saved, resumed.Save());
        Assert.Equal(expected, Train(resumed, 6, 12));
        Assert.Equal(whole.Save(), resumed.Save());
        Assert.Equal(12, new SavedState(resumed.Save()).Steps);
    }

    [TorchFact]
    public void A_state_of_another_specification_is_refused_and_changes_nothing()
    {
        using var classifier = Toy.Create(Toy.Head);
        var before = classifier.Save();
        foreach (var other in (ClassifierSpecification[])[Toy.Head with { Classes = 3 }, Toy.Head with { Seed = 2 }, Toy.Head with { LearningRate = 0.01 }])
        {
            using var stranger = Toy.Create(other);
            var error = Assert.Throws<VeilException>(() => classifier.Load(stranger.Save()));
            Assert.Equal(VeilErrorCode.TrainingFailed, error.Code);
            Assert.Contains("differs", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, classifier.Save());
    }

    [TorchFact]
    public void A_state_that_ends_early_or_is_altered_is_refused()
    {
        using var classifier = Toy.Create(Toy.Head);
        var state = classifier.Save();
        foreach (var length in (int[])[0, 1, 31, 32, 40, 100, state.Length / 2, state.Length - 1])
        {
            Assert.Equal(VeilErrorCode.TrainingFailed, Assert.Throws<VeilException>(() => classifier.Load(state.AsSpan(0, length))).Code);
        }

        state[state.Length / 2] ^= 1;
        Assert.Equal(VeilErrorCode.TrainingFailed, Assert.Throws<VeilException>(() => classifier.Load(state)).Code);
        Assert.Equal(VeilErrorCode.TrainingFailed, Assert.Throws<VeilException>(() => classifier.Load([.. classifier.Save(), 0])).Code);
    }

    // Whoever writes a state writes its hash, too: the native library must stand on its own.
    [TorchFact]
    public void Hostile_bytes_with_a_right_hash_are_refused_or_harmless()
    {
        using var classifier = Toy.Create(Toy.Head);
        var state = classifier.Save()[..^SHA256.HashSizeInBytes];
        var header = new SavedState(Signed(state));
        Assert.Equal("VEILTRN1", header.Mark);

        // What lies before the first kernel's floats, except for the number of steps, has one right value for each byte.
        Prop.ForAll(ArbMap.Default.ArbFor<(ushort At, byte Mask)>(), change =>
        {
            var at = change.At % 90;
            if (change.Mask == 0 || at is >= 40 and < 48)
            {
                return;
            }

            state[at] ^= change.Mask;
            Assert.Equal(VeilErrorCode.TrainingFailed, Assert.Throws<VeilException>(() => classifier.Load(Signed(state))).Code);
            state[at] ^= change.Mask;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

        state[47] = 0xFF;
        Assert.Throws<VeilException>(() => classifier.Load(Signed(state)));
        Assert.Throws<VeilException>(() => classifier.Load(Signed([])));
        Assert.Throws<VeilException>(() => classifier.Load(Signed(state[..5000])));
    }

    private static List<double> Train(ITrainableClassifier classifier, int from, int to)
    {
        var losses = new List<double>();
        for (var step = from; step < to; step++)
        {
            var (inputs, labels) = Toy.ExclusiveOr(32, step);
            losses.Add(classifier.Train(inputs, labels).Loss);
        }

        return losses;
    }

    private static byte[] Signed(byte[] state) => [.. state, .. SHA256.HashData(state)];
}
