using Veil.Evaluation.Statistics;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Utility;

/// <summary>What training on one variant came to. Immutable.</summary>
public sealed class TreatmentUtility
{
    private readonly IReadOnlyList<int> _truth;
    private readonly int _classes;

    internal TreatmentUtility(Treatment treatment, UtilityDataset dataset, CoveredCounts covered, IReadOnlyList<TrainingRun> runs, TreatmentUtility? original)
    {
        (Treatment, Covered, Runs) = (treatment, covered, runs);
        (_truth, _classes) = ([.. dataset.Test.Select(picture => picture.Class)], dataset.Classes.Count);
        Accuracy = MeanInterval.Of([.. runs.Select(run => AccuracyOf(run))]);
        PerClass = [.. Enumerable.Range(0, _classes).Select(label => MeanInterval.Of([.. runs.Select(run => AccuracyOf(run, label))]))];
        MacroAccuracy = MeanInterval.Of([.. runs.Select(run => Enumerable.Range(0, _classes).Average(label => AccuracyOf(run, label)))]);
        if (original is not null)
        {
            Difference = MeanInterval.Of([.. runs.Zip(original.Runs, (run, other) => AccuracyOf(run) - AccuracyOf(other))]);
            AgainstOriginal = PairedOutcomes.Count(_truth, original.Votes, Votes);
        }
    }

    internal TreatmentUtility(Treatment treatment, TreatmentFailure failure) => (Treatment, Failure, _truth) = (treatment, failure, []);

    /// <summary>What was done to the training pictures.</summary>
    public Treatment Treatment { get; }

    /// <summary>Why there is no result; null where there is one.</summary>
    public TreatmentFailure? Failure { get; }

    /// <summary>How much of the training and validation pictures was covered; null for a failure.</summary>
    public CoveredCounts? Covered { get; }

    /// <summary>One for each seed, in order; empty for a failure.</summary>
    public IReadOnlyList<TrainingRun> Runs { get; } = [];

    /// <summary>Share of test pictures that were right; the interval is over seeds.</summary>
    public MeanInterval Accuracy { get; }

    /// <summary>The mean over classes of each one's accuracy: every class counts alike.</summary>
    public MeanInterval MacroAccuracy { get; }

    /// <summary>Accuracy on each class's test pictures, in the order of classes.</summary>
    public IReadOnlyList<MeanInterval> PerClass { get; } = [];

    /// <summary>This accuracy less the original's, seed by seed; null for the original itself.</summary>
    public MeanInterval? Difference { get; }

    /// <summary>Test pictures that only the original (first) or only this one (second) got right by <see cref="Votes"/>; null for the original itself.</summary>
    public PairedOutcomes? AgainstOriginal { get; }

    /// <summary>
    /// The class that most seeds found for each test picture; of equally frequent ones that of the lowest seed. One answer for
    /// each picture: answers of several seeds about one picture depend on each other and must not be counted as several.
    /// </summary>
    public IReadOnlyList<int> Votes =>
        [.. Enumerable.Range(0, _truth.Count).Select(index => Runs.Select(run => run.Answers[index]).GroupBy(answer => answer).MaxBy(group => group.Count())!.Key)];

    /// <summary>How often each class (row) was taken for each class (column), summed over seeds.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Confusion
    {
        get
        {
            var counts = Enumerable.Range(0, _classes).Select(_ => new int[_classes]).ToArray();
            foreach (var run in Runs)
            {
                for (var i = 0; i < _truth.Count; i++)
                {
                    counts[_truth[i]][run.Answers[i]]++;
                }
            }

            return counts;
        }
    }

    /// <summary>Share of test pictures that one training got right.</summary>
    /// <param name="run">Of <see cref="Runs"/>.</param>
    public double AccuracyOf(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Answers.Zip(_truth).Count(pair => pair.First == pair.Second) / (double)_truth.Count;
    }

    private double AccuracyOf(TrainingRun run, int label)
    {
        var own = run.Answers.Zip(_truth).Where(pair => pair.Second == label).ToList();
        return own.Count(pair => pair.First == label) / (double)own.Count;
    }
}

/// <summary>Why a treatment has no result.</summary>
/// <param name="Reason">What went wrong.</param>
/// <param name="Picture">The picture it failed on; null where it could not even begin.</param>
public sealed record TreatmentFailure(string Reason, string? Picture);

/// <summary>How much of the training and validation pictures had something to cover.</summary>
/// <param name="Pictures">All of them.</param>
/// <param name="WithRegions">Those with at least one region.</param>
/// <param name="Regions">Regions in all.</param>
public sealed record CoveredCounts(int Pictures, int WithRegions, int Regions);
