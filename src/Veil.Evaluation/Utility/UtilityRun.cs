using System.Diagnostics;
using System.Security.Cryptography;

using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Utility;

/// <summary>One start of the experiment.</summary>
internal sealed class UtilityRun(
    UtilityDataset dataset, UtilityOptions options, UtilityAdapters adapters, DirectoryInfo folder, MeasurementJournal journal, IProgress<WorkProgress>? progress, CancellationToken cancel)
{
    private const int PicturesAtOnce = 8;
    private const int GuessedEpochs = 20;
    private const string Encoding = "encode";
    private const string Epochs = "epochs";

    private readonly WorkMeter _meter = new(progress);
    private readonly Dictionary<string, IReadOnlyList<Region>> _regions = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<UtilityPicture> _treated = [.. dataset.Train, .. dataset.Validation];
    private readonly string _identity = Hash(
        Provenance.Version, dataset.Input.Sha256, string.Join('/', dataset.Classes), (options with { Seeds = 1 }).ToString(), adapters.Identity);

    private int _epochsDone;
    private int _trainingsDone;
    private int _trainingsLeft;

    public UtilityResult Measure(IReadOnlyList<Treatment> treatments)
    {
        using var originals = Store(Treatment.Original);
        Estimate(treatments);
        _meter.Show("estimating");
        if (_trainingsLeft > 0)
        {
            EncodeOriginals(originals);
        }

        var results = new List<TreatmentUtility>();
        foreach (var treatment in treatments)
        {
            results.Add(Measure(treatment, originals, results.Count == 0 ? null : results[0]));
        }

        _meter.Show("done");
        return new UtilityResult(dataset, options, results);
    }

    private TreatmentUtility Measure(Treatment treatment, InputStore originals, TreatmentUtility? original)
    {
        var known = Seeds().Select(seed => journal.Find(Key(treatment, seed), UtilityJson.Default.TrainingRun)).ToList();
        var covered = journal.Find(CoveredKey(treatment), UtilityJson.Default.CoveredCounts);
        if (covered is null || known.Contains(null))
        {
            using var own = treatment.IsOriginal ? null : Store(treatment);
            var inputs = own ?? originals;
            if (!treatment.IsOriginal && Treat(treatment, inputs, originals) is { } failure)
            {
                _meter.Correct(TreatingOf(treatment), 0);
                _trainingsLeft -= known.Count(run => run is null);
                CorrectEpochs(0);
                return new TreatmentUtility(treatment, failure);
            }

            covered = Count(treatment, inputs);
            journal.Add(CoveredKey(treatment), covered, UtilityJson.Default.CoveredCounts);
            foreach (var seed in Seeds().Where(seed => known[seed - 1] is null))
            {
                known[seed - 1] = Train(treatment, seed, inputs, originals);
            }
        }

        return new TreatmentUtility(treatment, dataset, covered, [.. known.OfType<TrainingRun>()], original);
    }

    private TrainingRun Train(Treatment treatment, int seed, InputStore inputs, InputStore originals)
    {
        var (key, step) = (Key(treatment, seed), $"{treatment.Name}, seed {seed}");
        using var classifier = adapters.CreateClassifier(options.Specify(dataset.Classes.Count, seed));
        var checkpoint = options.Protocol == TrainingProtocol.Finetune
            ? new TrainingCheckpoint(Path.Combine(folder.FullName, ".veil-checkpoints", Hash(key)[..16]), key) : null;
        _meter.Show(step + ": training");
        var run = new Training(classifier, Divide(inputs, originals, seed), options, seed).Run(
            checkpoint,
            (result, elapsed) =>
            {
                _meter.Did(Epochs, 1, elapsed);
                CorrectEpochs(result.Epoch);
                _meter.Show($"{step}: epoch {result.Epoch}");
            },
            cancel);
        journal.Add(key, run, UtilityJson.Default.TrainingRun);
        checkpoint?.Remove();
        _trainingsLeft--;
        _trainingsDone++;
        _epochsDone += run.Epochs.Count;
        CorrectEpochs(0);
        return run;
    }

    private TrainingSet Divide(InputStore inputs, InputStore originals, int seed)
    {
        var (train, test) = (Labelled(dataset.Train, inputs), Labelled(dataset.Test, originals));
        if (dataset.Validation.Count > 0)
        {
            return new TrainingSet(train, Labelled(dataset.Validation, inputs), test);
        }

        var (trained, validation) = StratifiedSplit.Of(train.Labels, options.Validation, seed);
        return new TrainingSet(train.At(trained), train.At(validation), test);
    }

    private static LabelledInputs Labelled(IReadOnlyList<UtilityPicture> pictures, InputStore store) =>
        new([.. pictures.Select(picture => store.Find(picture.Sha256)!.Values)], [.. pictures.Select(picture => picture.Class)]);

    private CoveredCounts Count(Treatment treatment, InputStore inputs)
    {
        int[] regions = [.. _treated.Select(picture => treatment.IsOriginal ? 0 : inputs.Find(picture.Sha256)!.Regions)];
        return new CoveredCounts(regions.Length, regions.Count(count => count > 0), regions.Sum());
    }

    private void EncodeOriginals(InputStore originals)
    {
        foreach (var pictures in Missing(originals, [.. dataset.Test, .. _treated]).Chunk(PicturesAtOnce))
        {
            var decoded = new List<PixelBuffer>();
            try
            {
                decoded.AddRange(pictures.Select(adapters.Read));
                Encode(pictures, decoded, _ => 0, originals, Treatment.Original.Name);
            }
            finally
            {
                decoded.ForEach(pixels => pixels.Dispose());
            }
        }
    }

    /// <summary>Covers what is to be covered and makes inputs of it.</summary>
    /// <returns>Why that was not possible; null when everything was covered.</returns>
    private TreatmentFailure? Treat(Treatment treatment, InputStore inputs, InputStore originals)
    {
        IAnonymizer? method;
        try
        {
            method = treatment.Create();
        }
        catch (VeilException error)
        {
            return new TreatmentFailure(error.Message, null);
        }

        foreach (var pictures in Missing(inputs, _treated).Chunk(PicturesAtOnce))
        {
            var (changed, decoded) = (new List<UtilityPicture>(), new List<PixelBuffer>());
            try
            {
                foreach (var picture in pictures)
                {
                    cancel.ThrowIfCancellationRequested();
                    var started = Stopwatch.GetTimestamp();
                    var pixels = adapters.Read(picture);
                    decoded.Add(pixels);
                    if (Regions(picture, pixels) is not { Count: > 0 } regions)
                    {
                        inputs.Add(picture.Sha256, 0, originals.Find(picture.Sha256)!.Values);
                        decoded.Remove(pixels);
                        pixels.Dispose();
                        _meter.Did(Encoding, 1, TimeSpan.Zero);
                    }
                    else if (Apply(treatment, method, pixels, regions) is { } reason)
                    {
                        return new TreatmentFailure(reason, picture.Path);
                    }
                    else
                    {
                        changed.Add(picture);
                    }

                    _meter.Did(TreatingOf(treatment), 1, Stopwatch.GetElapsedTime(started));
                }

                Encode(changed, decoded, picture => Regions(picture).Count, inputs, treatment.Name);
            }
            finally
            {
                decoded.ForEach(pixels => pixels.Dispose());
            }
        }

        return null;
    }

    /// <returns>Why the method could not do it, so that the treatment has no result; null when it could.</returns>
    private static string? Apply(Treatment treatment, IAnonymizer? method, PixelBuffer pixels, IReadOnlyList<Region> regions)
    {
        try
        {
            treatment.Apply(method, pixels, regions);
            return null;
        }
        catch (VeilException error)
        {
            return error.Message;
        }
    }

    private IReadOnlyList<Region> Regions(UtilityPicture picture, PixelBuffer pixels)
    {
        if (!_regions.TryGetValue(picture.Sha256, out var regions))
        {
            _regions[picture.Sha256] = regions = adapters.Find(picture, pixels, cancel);
        }

        return regions;
    }

    private IReadOnlyList<Region> Regions(UtilityPicture picture) => _regions[picture.Sha256];

    private void Encode(IReadOnlyList<UtilityPicture> pictures, IReadOnlyList<PixelBuffer> decoded, Func<UtilityPicture, int> regions, InputStore store, string name)
    {
        if (pictures.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            var inputs = new float[pictures.Count * adapters.InputLength];
            adapters.Encode(decoded, inputs);
            for (var i = 0; i < pictures.Count; i++)
            {
                store.Add(pictures[i].Sha256, regions(pictures[i]), inputs.AsSpan(i * adapters.InputLength, adapters.InputLength).ToArray());
            }

            _meter.Did(Encoding, pictures.Count, Stopwatch.GetElapsedTime(started));
        }

        _meter.Show(name + ": pictures");
    }

    /// <summary>Those that are not in a store yet, each content once.</summary>
    private static IEnumerable<UtilityPicture> Missing(InputStore store, IEnumerable<UtilityPicture> pictures) =>
        [.. pictures.Where(picture => store.Find(picture.Sha256) is null).DistinctBy(picture => picture.Sha256)];

    private void Estimate(IReadOnlyList<Treatment> treatments)
    {
        var known = treatments.SelectMany(treatment => Seeds().Select(seed => journal.Find(Key(treatment, seed), UtilityJson.Default.TrainingRun))).ToList();
        (_trainingsDone, _trainingsLeft, _epochsDone) = (known.OfType<TrainingRun>().Count(), known.Count(run => run is null), known.OfType<TrainingRun>().Sum(run => run.Epochs.Count));
        _meter.Credit(known.OfType<TrainingRun>().Sum(run => run.Milliseconds));
        var timing = new UtilityTiming(dataset, options, adapters, cancel);
        var toEncode = new HashSet<string>(dataset.Test.Concat(_treated).Select(picture => picture.Sha256)).Count;
        var toTreat = _treated.Select(picture => picture.Sha256).Distinct().Count();
        toEncode = _trainingsLeft > 0 ? toEncode - Math.Min(toEncode, Stored(Treatment.Original)) : 0;
        foreach (var treatment in treatments.Where(treatment => !treatment.IsOriginal))
        {
            var pending = Seeds().Any(seed => journal.Find(Key(treatment, seed), UtilityJson.Default.TrainingRun) is null) ? toTreat - Math.Min(toTreat, Stored(treatment)) : 0;
            _meter.Expect(TreatingOf(treatment), pending, pending > 0 ? timing.OfTreating(treatment) : 0);
            toEncode += pending;
        }

        _meter.Expect(Encoding, toEncode, toEncode > 0 ? timing.OfEncoding() : 0);
        _meter.Expect(Epochs, 0, _trainingsLeft > 0 ? timing.OfEpoch() : 0);
        CorrectEpochs(0);
    }

    /// <summary>How many epochs are left: early stopping decides, so that those of finished trainings are the guide.</summary>
    /// <param name="present">Epochs of the training that is being done.</param>
    private void CorrectEpochs(int present)
    {
        var usual = _trainingsDone > 0 ? _epochsDone / (double)_trainingsDone : Math.Min(options.Epochs, GuessedEpochs);
        _meter.Correct(Epochs, Math.Max(0, (_trainingsLeft * usual) - Math.Min(present, usual)));
    }

    private IEnumerable<int> Seeds() => Enumerable.Range(1, options.Seeds);

    private InputStore Store(Treatment treatment) => InputStore.Open(StorePath(treatment), StoreIdentity(treatment), adapters.InputLength);

    private int Stored(Treatment treatment) => StorePath(treatment) is { } path ? InputStore.CountIn(path, adapters.InputLength) : 0;

    /// <summary>Only features are kept: pixels of originals have no business in a folder of reports, and are quickly had again.</summary>
    private string? StorePath(Treatment treatment) =>
        options.Protocol == TrainingProtocol.Frozen ? Path.Combine(folder.FullName, ".veil-inputs", Hash(StoreIdentity(treatment))[..16] + ".bin") : null;

    private string StoreIdentity(Treatment treatment) => Hash(Provenance.Version, adapters.Identity, Describe(treatment));

    private string Key(Treatment treatment, int seed) => $"utility {_identity[..16]} {Describe(treatment)} seed {seed}";

    private string CoveredKey(Treatment treatment) => $"utility {_identity[..16]} {Describe(treatment)} covered";

    private static string TreatingOf(Treatment treatment) => "treat " + treatment.Name;

    private static string Describe(Treatment treatment) => treatment.Options is null
        ? treatment.Name
        : treatment.Name + "[" + string.Join(' ', MethodOptionsBinder.Write(treatment.Options).Select(pair => $"{pair.Key}={pair.Value}")) + "]";

    private static string Hash(params IEnumerable<string> parts) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
