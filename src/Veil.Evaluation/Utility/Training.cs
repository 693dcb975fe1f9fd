using System.Diagnostics;
using Veil.Anonymization;

namespace Veil.Evaluation.Utility;

/// <summary>
/// One training with early stopping: as Keras' EarlyStopping on the validation loss with <c>restore_best_weights</c>. Every epoch's
/// order depends on the seed and the epoch alone, so that it can go on from any epoch, and is the same for every treatment.
/// </summary>
internal sealed class Training(ITrainableClassifier classifier, TrainingSet data, UtilityOptions options, int seed)
{
    private readonly float[] _batch = new float[options.BatchSize * classifier.InputLength];
    private readonly int[] _labels = new int[options.BatchSize];
    private readonly float[] _probabilities = new float[options.BatchSize * classifier.Classes];

    /// <summary>Trains to the end and tests.</summary>
    /// <param name="checkpoint">Where to go on and what to keep; null to begin, and keep nothing.</param>
    /// <param name="epochDone">Called after each epoch with how long it took.</param>
    /// <param name="cancel">Stops between batches; what was done since the last checkpoint is lost.</param>
    public TrainingRun Run(TrainingCheckpoint? checkpoint, Action<TimeSpan> epochDone, CancellationToken cancel)
    {
        var state = checkpoint?.Load(classifier) ?? new TrainingState([], 0, null, 0);
        while (state.Curve.Count < options.Epochs && (state.BestEpoch == 0 || state.Curve.Count - state.BestEpoch < options.Patience))
        {
            var started = Stopwatch.GetTimestamp();
            var epoch = state.Curve.Count + 1;
            var (loss, correct) = TrainEpoch(epoch, cancel);
            var (validationLoss, answers) = Predict(data.Validation, cancel);
            var result = new EpochResult(epoch, loss, correct, validationLoss, Share(answers, data.Validation.Labels));
            var isBest = state.BestEpoch == 0 || validationLoss < state.Curve[state.BestEpoch - 1].ValidationLoss;
            var elapsed = Stopwatch.GetElapsedTime(started);
            state = new TrainingState([.. state.Curve, result], isBest ? epoch : state.BestEpoch, isBest ? classifier.Save() : state.Best, state.Milliseconds + elapsed.TotalMilliseconds);
            checkpoint?.Save(classifier, state);
            epochDone(elapsed);
        }

        classifier.Load(state.Best!);
        var (testLoss, found) = Predict(data.Test, cancel);
        return new TrainingRun(seed, state.Curve, state.BestEpoch, found, testLoss, state.Milliseconds);
    }

    private (double Loss, double Correct) TrainEpoch(int epoch, CancellationToken cancel)
    {
        var order = Enumerable.Range(0, data.Train.Count).ToArray();
        var random = new SplitMix64(SplitMix64.Combine((ulong)seed, (ulong)epoch));
        StratifiedSplit.Shuffle(order, ref random);
        var (loss, correct, seen) = (0.0, 0, 0);
        foreach (var positions in order.Chunk(options.BatchSize))
        {
            cancel.ThrowIfCancellationRequested();

            // Batch statistics of a single picture say nothing, and at the last stage may not even exist.
            if (positions.Length == 1 && seen > 0)
            {
                break;
            }

            data.Train.Gather(positions, _batch, _labels);
            var step = classifier.Train(_batch.AsSpan(0, positions.Length * classifier.InputLength), _labels.AsSpan(0, positions.Length));
            loss += step.Loss * positions.Length;
            correct += step.Correct;
            seen += positions.Length;
        }

        return (loss / seen, correct / (double)seen);
    }

    private (double Loss, int[] Answers) Predict(LabelledInputs inputs, CancellationToken cancel)
    {
        var (loss, answers) = (0.0, new int[inputs.Count]);
        foreach (var positions in Enumerable.Range(0, inputs.Count).Chunk(options.BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            inputs.Gather(positions, _batch, _labels);
            classifier.Predict(_batch.AsSpan(0, positions.Length * classifier.InputLength), _probabilities.AsSpan(0, positions.Length * classifier.Classes));
            for (var i = 0; i < positions.Length; i++)
            {
                var row = _probabilities.AsSpan(i * classifier.Classes, classifier.Classes);
                answers[positions[i]] = MostProbable(row);
                loss -= Math.Log(Math.Max(row[_labels[i]], float.Epsilon));
            }
        }

        return (loss / inputs.Count, answers);
    }

    /// <summary>The first of equally probable ones.</summary>
    private static int MostProbable(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return best;
    }

    private static double Share(int[] answers, IReadOnlyList<int> labels) => answers.Zip(labels).Count(pair => pair.First == pair.Second) / (double)answers.Length;
}

/// <summary>What one training learns from and is tested with.</summary>
internal sealed record TrainingSet(LabelledInputs Train, LabelledInputs Validation, LabelledInputs Test);

/// <summary>How far a training is.</summary>
/// <param name="Curve">Epochs so far.</param>
/// <param name="BestEpoch">The one with the lowest validation loss; 0 before the first.</param>
/// <param name="Best">The classifier's state after it; null before the first.</param>
/// <param name="Milliseconds">Spent so far.</param>
internal sealed record TrainingState(IReadOnlyList<EpochResult> Curve, int BestEpoch, byte[]? Best, double Milliseconds);
