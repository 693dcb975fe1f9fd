namespace Veil.Evaluation.Utility;

/// <summary>One training of one variant with one seed. Immutable.</summary>
/// <param name="Seed">Decides the split, the order of pictures, the initial weights and dropout.</param>
/// <param name="Epochs">The learning curve, first epoch first.</param>
/// <param name="BestEpoch">The epoch, from 1, with the lowest validation loss, whose weights were tested.</param>
/// <param name="Answers">The class that was found for each test picture, in the dataset's order of them.</param>
/// <param name="TestLoss">Mean cross-entropy over the test pictures, nats.</param>
/// <param name="Milliseconds">How long it took, over all starts.</param>
public sealed record TrainingRun(int Seed, IReadOnlyList<EpochResult> Epochs, int BestEpoch, IReadOnlyList<int> Answers, double TestLoss, double Milliseconds);

/// <summary>A point of a learning curve.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean cross-entropy over the epoch's batches, each before its step and with dropout, nats.</param>
/// <param name="TrainAccuracy">Share of training pictures that were right then.</param>
/// <param name="ValidationLoss">Mean cross-entropy over the validation pictures after the epoch, without dropout, nats.</param>
/// <param name="ValidationAccuracy">Share of validation pictures that were right.</param>
public readonly record struct EpochResult(int Epoch, double TrainLoss, double TrainAccuracy, double ValidationLoss, double ValidationAccuracy);
