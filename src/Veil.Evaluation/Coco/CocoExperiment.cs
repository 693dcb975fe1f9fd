using System.Diagnostics;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Coco;

/// <summary>
/// Measures what a fixed network finds in originals and in anonymized pictures, against the annotations, which stay as they are.
/// Picture by picture, each under all treatments, so that the first picture already tells how long everything takes.
/// </summary>
public static class CocoExperiment
{
    /// <summary>Measures, on the calling thread.</summary>
    /// <param name="task">What.</param>
    /// <param name="comparison">What the originals are compared with; <see cref="CocoComparison.OriginalOnly"/> for nothing.</param>
    /// <param name="journal">Takes what was found in each picture; what it has already is not measured again.</param>
    /// <param name="progress">Told after each picture under each treatment.</param>
    /// <param name="cancellationToken">Stops between pictures and inferences.</param>
    /// <returns>
    /// Pictures that cannot be read, or whose regions cannot be known, are left out of all rows alike, and named. A treatment
    /// that is not for a kind, or fails on a picture, has a row that says so: pictures are never left out for its sake.
    /// </returns>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidGroundTruth"/>: no picture can be used, or there is nothing to find in them;
    /// <see cref="VeilErrorCode.InvalidOption"/>: none of the treatments is for any of the kinds; and whatever makes a method or
    /// the network unusable here.
    /// </exception>
    public static CocoResult Run(
        CocoTask task, CocoComparison comparison, MeasurementJournal journal, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(journal);
        if (task.Pictures.Count == 0)
        {
            throw new VeilException(VeilErrorCode.InvalidGroundTruth, "Expected annotated pictures, but the annotations name none.", "Check that the file belongs to the folder of pictures.");
        }

        var rows = Rows(comparison);
        var left = new List<LeftOutPicture>();
        var used = new List<CocoPicture>();
        var clock = new MeasuringClock(rows.Count, task.Pictures.Count);
        foreach (var picture in task.Pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Measure(task, comparison, picture, rows, journal, (row, spent) => progress?.Report(clock.Done(row, spent)), cancellationToken);
                used.Add(picture);
            }
            catch (VeilException error) when (IsOfThePicture(error.Code))
            {
                left.Add(new LeftOutPicture(picture.Name, error.Message));
                rows.ForEach(row => row.Forget(picture));
            }

            clock.NextPicture();
        }

        Require(used, left);
        return Evaluate(task, used, left, rows, cancellationToken);
    }

    /// <summary>What is wrong with a picture or its annotation, not with the network.</summary>
    private static bool IsOfThePicture(VeilErrorCode code) => code is VeilErrorCode.UnreadableInput or VeilErrorCode.NotAPicture or VeilErrorCode.UnsupportedFormat
        or VeilErrorCode.CorruptInput or VeilErrorCode.LimitExceeded or VeilErrorCode.InvalidDataset or VeilErrorCode.InvalidRegions;

    private static List<Row> Rows(CocoComparison comparison)
    {
        // Made once, and before any picture is touched: what is missing shows now.
        var methods = comparison.Treatments.Where(treatment => !treatment.IsOriginal).ToList();
        var made = methods.Where(treatment => comparison.Kinds.Any(kind => CocoComparison.WhyNot(treatment, kind) is null)).ToDictionary(treatment => treatment, treatment => treatment.Create()!);
        if (methods.Count > 0 && made.Count == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                $"None of the methods is for {string.Join(", ", comparison.Kinds.Select(RegionKinds.NameOf))}: {string.Join("; ", methods.Select(method => $"{method.Name} is {CocoComparison.WhyNot(method, comparison.Kinds[0])}"))}.",
                "Name others with --methods, or other kinds with --anonymize.");
        }

        return
        [
            new Row(Treatment.Original, null, null, null),
            .. comparison.Kinds.SelectMany(kind => methods.Select(treatment => new Row(treatment, kind, made.GetValueOrDefault(treatment), CocoComparison.WhyNot(treatment, kind)))),
        ];
    }

    private static void Measure(
        CocoTask task, CocoComparison comparison, CocoPicture picture, List<Row> rows, MeasurementJournal journal, Action<string, TimeSpan?> done, CancellationToken cancellationToken)
    {
        // Decoded where something of it is still to be measured, and once.
        using var lazily = new LazyPicture(() => task.Decode(picture.File));
        var regions = new Dictionary<RegionKind, IReadOnlyList<Region>>();
        foreach (var row in rows.Where(row => row.State == CocoRowState.Measured))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var key = string.Join(", ", new[] { row.Name, picture.Name, row.Kind is { } from ? comparison.Source(from) : "" }.Where(part => part.Length > 0));
            TimeSpan? spent = null;
            if (journal.Find(key, CocoJson.Default.CocoMeasured) is not { } measured || measured.Findings.Any(finding => finding.Overlaps.Count != picture.Truths.Count))
            {
                if (row.Kind is { } kind && !regions.ContainsKey(kind))
                {
                    regions[kind] = comparison.Regions(picture, lazily.Pixels, kind, cancellationToken);
                }

                // Where there is nothing to anonymize, the picture is the original, and so is what is found in it.
                measured = row.Kind is { } its
                    ? regions[its].Count == 0 ? rows[0].Of(picture) : row.Measure(task, picture, lazily.Pixels, regions[its], cancellationToken)
                    : new CocoMeasured(task.Find(picture, lazily.Pixels, cancellationToken), 0);
                if (measured is null)
                {
                    continue;
                }

                journal.Add(key, measured, CocoJson.Default.CocoMeasured);
                spent = Stopwatch.GetElapsedTime(start);
            }

            row.Keep(picture, measured);
            done(row.Name, spent);
        }
    }

    private static void Require(List<CocoPicture> used, List<LeftOutPicture> left)
    {
        if (used.Count == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth, $"None of {left.Count} annotated pictures can be used; the first, {left[0].Name}: {left[0].Reason}", "Check that the pictures lie where the annotations say.");
        }

        if (used.All(picture => picture.Truths.All(truth => truth.Kind != CocoTruthKind.Counted)))
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth, $"Nothing of what is measured is annotated in {used.Count} pictures: there is nothing to find.", "Choose annotations that show people, for poses with their body points.");
        }
    }

    private static CocoResult Evaluate(CocoTask task, List<CocoPicture> used, List<LeftOutPicture> left, List<Row> rows, CancellationToken cancellationToken)
    {
        var bootstrap = new PictureBootstrap(used.Count);
        (double Value, IReadOnlyList<double?> Draws)? original = null;
        var results = new List<CocoRow>();
        foreach (var row in rows)
        {
            var result = new CocoRow(row.Treatment.Name, row.Kind, row.Regions(used)) { State = row.State, Reason = row.Reason };
            if (row.State == CocoRowState.Measured)
            {
                var evaluator = row.Evaluator(task.Protocol, used);
                var accuracy = evaluator.Evaluate();
                result = result with { Accuracy = accuracy };
                if (accuracy.Precision is { } value)
                {
                    var draws = bootstrap.Precisions(evaluator, cancellationToken);
                    result = result with
                    {
                        Precision = PictureBootstrap.Interval(value, draws),
                        Difference = original is { } other ? PictureBootstrap.Difference(value, draws, other.Value, other.Draws) : null,
                    };
                    original ??= (value, draws);
                }
            }

            results.Add(result);
        }

        return new CocoResult(used.Count, used.Sum(picture => picture.Truths.Count(truth => truth.Kind == CocoTruthKind.Counted)), left, results);
    }

    /// <summary>A treatment of a kind, while it is measured.</summary>
    private sealed class Row(Treatment treatment, RegionKind? kind, IAnonymizer? method, string? unsuited)
    {
        private readonly Dictionary<string, CocoMeasured> _measured = new(StringComparer.Ordinal);

        public Treatment Treatment => treatment;

        public RegionKind? Kind => kind;

        public CocoRowState State { get; private set; } = unsuited is null ? CocoRowState.Measured : CocoRowState.Unsuited;

        public string? Reason { get; private set; } = unsuited;

        public string Name => kind is { } its ? $"{RegionKinds.NameOf(its)}: {treatment.Name}" : treatment.Name;

        public void Keep(CocoPicture picture, CocoMeasured measured) => _measured[picture.Name] = measured;

        public CocoMeasured Of(CocoPicture picture) => _measured[picture.Name];

        public void Forget(CocoPicture picture) => _measured.Remove(picture.Name);

        public int Regions(List<CocoPicture> pictures) => State == CocoRowState.Measured ? pictures.Sum(picture => _measured[picture.Name].Regions) : 0;

        /// <summary>Null where the method fails: what is compared has to be compared on the same pictures.</summary>
        public CocoMeasured? Measure(CocoTask task, CocoPicture picture, PixelBuffer original, IReadOnlyList<Region> regions, CancellationToken cancellationToken)
        {
            using var image = original.Clone();
            try
            {
                treatment.Apply(method, image, regions);
            }
            catch (VeilException error) when (error.Code == VeilErrorCode.AnonymizationFailed)
            {
                (State, Reason) = (CocoRowState.Failed, $"{picture.Name}: {error.Message}");
                return null;
            }

            return new CocoMeasured(task.Find(picture, image, cancellationToken), regions.Count);
        }

        public CocoEvaluator Evaluator(CocoProtocol protocol, List<CocoPicture> pictures)
        {
            var evaluator = new CocoEvaluator(protocol);
            for (var i = 0; i < pictures.Count; i++)
            {
                evaluator.Add(i, 0, pictures[i].Truths, _measured[pictures[i].Name].Findings);
            }

            return evaluator;
        }
    }

    private sealed class LazyPicture(Func<PixelBuffer> decode) : IDisposable
    {
        private PixelBuffer? _pixels;

        public PixelBuffer Pixels => _pixels ??= decode();

        public void Dispose() => _pixels?.Dispose();
    }
}
