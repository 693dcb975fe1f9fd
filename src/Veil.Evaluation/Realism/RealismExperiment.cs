using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reidentification;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Statistics;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Realism;

/// <summary>
/// Measures whether treated faces still look like faces, to detectors, a landmark model and networks, and whether they look like
/// anybody.
/// </summary>
public sealed class RealismExperiment
{
    private readonly IReadOnlyList<RealismPicture> _pictures;
    private readonly RealismSettings _settings;
    private readonly MeasurementJournal _journal;
    private readonly WorkClock _clock;
    private readonly int[] _groups;

    private RealismExperiment(IReadOnlyList<RealismPicture> pictures, RealismSettings settings, MeasurementJournal journal, WorkClock clock)
    {
        (_pictures, _settings, _journal, _clock) = (pictures, settings, journal, clock);
        _groups = [.. pictures.SelectMany(picture => picture.Faces.Select(_ => picture.Group))];
    }

    /// <summary>Measures treatments, or takes from the journal what was measured before.</summary>
    /// <param name="pictures">Pictures with faces; Fréchet distances want <see cref="FrechetEstimate.FewestGroups"/> groups.</param>
    /// <param name="leftOut">Those that cannot be measured, for the report.</param>
    /// <param name="treatments">What is done to them; the original is measured in any case, and first.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="journal">What was measured so far. Its identity must stand for the pictures, the settings and this program; detectors, networks and treatments are in the keys.</param>
    /// <param name="progress">Told now and then, from several threads; null for nobody.</param>
    /// <param name="cancel">Stops between pictures; what is complete stays in the journal.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidGroundTruth"/>: fewer than two groups. Otherwise a network, a detector or reading a picture
    /// failed. A method that cannot work here is no error but listed in <see cref="RealismResult.NotMeasured"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static RealismResult Run(
        IReadOnlyList<RealismPicture> pictures, IReadOnlyList<LeftOutPicture> leftOut, IReadOnlyList<Treatment> treatments, RealismSettings settings,
        MeasurementJournal journal, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(leftOut);
        ArgumentNullException.ThrowIfNull(treatments);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentOutOfRangeException.ThrowIfZero(settings.Detectors.Count, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Threads, 1);
        if (settings.Recognition.SamePerson is null)
        {
            throw new ArgumentException($"Expected a recognition network whose threshold is known, but received '{settings.Recognition.Id}'.", nameof(settings));
        }

        var groups = pictures.DistinctBy(picture => picture.Group).Count();
        if (groups < 2 || pictures.Any(picture => picture.Faces.Count == 0))
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth, $"Expected pictures of two people or more with a face that is found, but received {groups}, and {leftOut.Count} left out{(leftOut is [var first, ..] ? $", e.g. {first.Name}: {first.Explanation}" : "")}.",
                "Give a folder of portraits or photos of people whose pictures you may use.");
        }

        return new RealismExperiment(pictures, settings, journal, new WorkClock(progress)).Measure(treatments, leftOut, cancel);
    }

    private RealismResult Measure(IReadOnlyList<Treatment> treatments, IReadOnlyList<LeftOutPicture> leftOut, CancellationToken cancel)
    {
        var all = treatments.Where(treatment => !treatment.IsOriginal).Prepend(Treatment.Original).ToList();
        var keys = all.ToDictionary(treatment => treatment, Key);
        foreach (var treatment in all.Where(treatment => WhyNot(treatment) is null))
        {
            _clock.Plan(_groups.Length, Known(keys[treatment]) is not null);
        }

        var originals = new Lazy<FaceLooks>(() =>
        {
            using var looker = new FaceLooker(_settings);
            return Look(looker, Treatment.Original, null, cancel);
        });
        var (measured, notMeasured) = (new List<TreatmentRealism>(), new List<(Treatment, string)>());
        foreach (var treatment in all)
        {
            cancel.ThrowIfCancellationRequested();
            if (WhyNot(treatment) is { } reason)
            {
                notMeasured.Add((treatment, reason));
                continue;
            }

            try
            {
                var unit = _journal.GetOrMeasure(keys[treatment], RealismJson.Default.RealismUnit, () => Measure(treatment, originals.Value, cancel));
                measured.Add(new TreatmentRealism(treatment, unit.Found, unit.Landmarks, unit.Likeness, unit.Distances));
            }
            catch (VeilException error) when (!treatment.IsOriginal && error.Code is VeilErrorCode.MissingNative or VeilErrorCode.InvalidModel or VeilErrorCode.InvalidOption or VeilErrorCode.AnonymizationFailed)
            {
                // The others can still be measured, and the report names this one.
                notMeasured.Add((treatment, error.Message));
                _clock.Skip(_groups.Length);
            }
        }

        return new RealismResult(_pictures.Count, _groups.Length, _groups.Distinct().Count(), measured, notMeasured, leftOut);
    }

    private RealismUnit Measure(Treatment treatment, FaceLooks originals, CancellationToken cancel)
    {
        using var looker = new FaceLooker(_settings);
        var seen = treatment.IsOriginal ? originals : Look(looker, treatment, originals, cancel);
        return new RealismUnit(
            [.. _settings.Detectors.Select((detector, index) => new Redetection(detector.Id, Again(originals.Found[index], seen.Found[index])))],
            Landmarks(originals.Points, seen.Points), Likeness(originals.People, seen.People),
            [.. _settings.Features.SelectMany((network, index) => Distance(network, originals.Vectors[index], seen.Vectors[index], cancel))]);
    }

    private FaceLooks Look(FaceLooker looker, Treatment treatment, FaceLooks? originals, CancellationToken cancel)
    {
        _clock.Begin(treatment.Name);
        return looker.Look(_pictures, treatment, originals, faces => _clock.Advance(faces), cancel);
    }

    private static ShareInterval Again(Regions.Box?[] before, Regions.Box?[] after) => new(before.Where((found, index) => found is not null && after[index] is not null).Count(), before.Count(found => found is not null));

    private static LandmarkAgreement Landmarks(Regions.FaceLandmarks?[] before, Regions.FaceLandmarks?[] after)
    {
        var (known, kept) = (0, new List<double>());
        for (var i = 0; i < before.Length; i++)
        {
            known += before[i] is null ? 0 : 1;
            if (before[i] is { } from && after[i] is { } to)
            {
                kept.Add(FaceLooks.Displacement(from, to));
            }
        }

        kept.Sort();
        return new LandmarkAgreement(new ShareInterval(kept.Count, known), Quantile(kept, 0.5), Quantile(kept, 0.95));
    }

    private IdentityLikeness Likeness(float[]?[] originals, float[]?[] seen)
    {
        // Who says nothing is like nobody.
        var (own, same, nearest, others, taken, pairs, rivals) = (0.0, 0, 0, 0.0, 0L, 0L, new List<double>());
        var count = 0;
        for (var i = 0; i < seen.Length; i++)
        {
            if (originals[i] is not { } mine)
            {
                continue;
            }

            count++;
            var like = Cosine(seen[i], mine);
            own += like;
            same += like >= _settings.Recognition.SamePerson ? 1 : 0;
            var best = double.NegativeInfinity;
            for (var j = 0; j < originals.Length; j++)
            {
                if (_groups[j] != _groups[i] && originals[j] is { } other)
                {
                    var cosine = Cosine(seen[i], other);
                    (others, pairs, taken, best) = (others + cosine, pairs + 1, taken + (cosine >= _settings.Recognition.SamePerson ? 1 : 0), Math.Max(best, cosine));
                }
            }

            nearest += like > best ? 1 : 0;
            rivals.Add(best);
        }

        rivals.Sort();
        return new IdentityLikeness(
            own / Math.Max(1, count), new ShareInterval(same, count), others / Math.Max(1, pairs), (double)taken / Math.Max(1, pairs), new ShareInterval(nearest, count), Quantile(rivals, 0.5), Quantile(rivals, 1));
    }

    private static double Cosine(float[]? a, float[] b) => a is null ? 0 : -FaceDistance.Cosine.Between(a, b);

    private IEnumerable<NetworkDistance> Distance(FeatureNetwork network, float[]?[] originals, float[]?[] seen, CancellationToken cancel)
    {
        int[] known = [.. Enumerable.Range(0, originals.Length).Where(index => originals[index] is not null)];
        if (known.DistinctBy(index => _groups[index]).Count() >= FrechetEstimate.FewestGroups)
        {
            // A result without an answer is a vector of zeros: nothing that a face could be.
            yield return new NetworkDistance(network.Id, FrechetEstimate.Of(
                [.. known.Select(index => seen[index] ?? new float[originals[index]!.Length])], [.. known.Select(index => originals[index]!)], [.. known.Select(index => _groups[index])],
                _settings.Seed, _settings.Threads, cancel));
        }
    }

    /// <summary>The value at a share of sorted ones; NaN of none.</summary>
    private static double Quantile(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Round(share * (sorted.Count - 1))];

    private string? WhyNot(Treatment treatment)
    {
        var alone = _pictures.Count(picture => picture.Faces.Count < 2);
        return treatment.Method?.Needs.HasFlag(MethodNeeds.SeveralPeople) == true && alone > 0
            ? $"it exchanges faces among several people of a picture, and {alone} of {_pictures.Count} pictures have one alone"
            : treatment.Preset?.Finds == Regions.RegionKind.Body ? "it is made for bodies"
            : null;
    }

    private RealismUnit? Known(string key) => _journal.Find(key, RealismJson.Default.RealismUnit);

    private string Key(Treatment treatment) => string.Join('|', [
        TreatmentIdentity.Of(treatment), $"{_settings.Landmarker.Id} {_settings.Landmarker.Identity}",
        .. _settings.Detectors.Select(detector => $"{detector.Id} {detector.Identity}".TrimEnd()), $"{_settings.Recognition.Id} {_settings.Recognition.Sha256}",
        .. _settings.Features.Select(network => $"{network.Id} {network.Sha256}")]);
}
