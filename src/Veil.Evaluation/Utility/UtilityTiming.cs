using System.Diagnostics;
using Veil.Errors;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Utility;

/// <summary>Times the first pictures and steps, to say beforehand how long everything will take. What it computes is not kept.</summary>
internal sealed class UtilityTiming(UtilityDataset dataset, UtilityOptions options, UtilityAdapters adapters, CancellationToken cancel)
{
    /// <summary>Milliseconds for one picture while all workers are at it: to read, to find and to cover, to make an input. Less where that fails, which is told when it is measured.</summary>
    public double OfPicture(Treatment treatment)
    {
        var picture = dataset.Train[0];
        try
        {
            var method = treatment.Create();
            using var first = adapters.Read(picture);
            var regions = treatment.IsOriginal ? [] : adapters.Find(picture, first, cancel);
            return SecondTime(() => SideBySide.For(
                adapters.Workers, adapters.Workers,
                _ =>
                {
                    using var pixels = adapters.Read(picture);
                    treatment.Apply(method, pixels, regions);
                    adapters.Encode(pixels);
                },
                cancel)) / adapters.Workers;
        }
        catch (VeilException)
        {
            return 0;
        }
    }

    /// <summary>Milliseconds of an epoch: its steps, and looking at the validation pictures.</summary>
    public double OfEpoch()
    {
        var specification = options.Specify(dataset.Classes.Count, seed: 1);
        using var classifier = adapters.CreateClassifier(specification);
        var validation = dataset.Validation.Count > 0 ? dataset.Validation.Count : options.Validation * dataset.Train.Count;
        var train = dataset.Validation.Count > 0 ? dataset.Train.Count : (1 - options.Validation) * dataset.Train.Count;
        var inputs = new float[options.BatchSize * adapters.InputLength];
        int[] labels = [.. Enumerable.Range(0, options.BatchSize).Select(index => index % specification.Classes)];
        var probabilities = new float[options.BatchSize * specification.Classes];
        var step = SecondTime(() => classifier.Train(inputs, labels));
        var look = SecondTime(() => classifier.Predict(inputs, probabilities));
        return ((train * step) + (validation * look)) / options.BatchSize;
    }

    /// <summary>The first time loads and compiles.</summary>
    private double SecondTime(Action work)
    {
        work();
        cancel.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
