using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Utility;

/// <summary>One start of the experiment.</summary>
internal sealed class UtilityRun(
    UtilityDataset dataset, UtilityOptions options, UtilityAdapters adapters, DirectoryInfo folder, MeasurementJournal journal, IProgress<WorkProgress>? progress, CancellationToken cancel)
{
    private const int PicturesInTurn = 8;
    private const int GuessedEpochs = 20;
    private const string Epochs = "epochs";

    private readonly WorkMeter _meter = new(progress);
    private readonly Dictionary<string, IReadOnlyList<Region>> _regions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<UtilityPicture> _treated = [.. dataset.Train, .. dataset.Validation];
    private readonly string _identity = Hash(
        CodeStamp.Current, dataset.Input.Sha256, string.Join('/', dataset.Classes), (options with { Seeds = 1 }).ToString(), adapters.Identity);

    private readonly Lock _counts = new();
    private int _finished;
    private int _unfinished;
    private int _epochsOfFinished;
    private int _epochsOfUnfinished;

    public UtilityResult Measure(IReadOnlyList<Treatment> treatments)
    {
        using var originals = Store(Treatment.Original);
        Estimate(treatments);
        _meter.Show("estimating");
        if (_unfinished > 0)
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
                _meter.Correct(PicturesOf(treatment), 0);
                _unfinished -= known.Count(run => run is null);
                CorrectEpochs(0, null);
                return new TreatmentUtility(treatment, failure);
            }

            covered = Count(treatment, inputs);
            journal.Add(CoveredKey(treatment), covered, UtilityJson.Default.CoveredCounts);
            TrainAll(treatment, known, inputs, originals);
        }

        return new TreatmentUtility(treatment, dataset, covered, [.. known.OfType<TrainingRun>()], original);
    }

    /// <summary>Trains what is not known yet. Steps of a head are too small to share among threads; whole trainings are not.</summary>
    private void TrainAll(Treatment treatment, List<TrainingRun?> known, InputStore inputs, InputStore originals)
    {
        int[] seeds = [.. Seeds().Where(seed => known[seed - 1] is null)];
        var together = Math.Min(seeds.Length, adapters.Trainings);
        _meter.Show(seeds.Length > 0 ? treatment.Name + ", training" : treatment.Name);
        SideBySide.For(seeds.Length, adapters.Trainings, index => known[seeds[index] - 1] = Train(treatment, seeds[index], inputs, originals, together), cancel);
    }

    private TrainingRun Train(Treatment treatment, int seed, InputStore inputs, InputStore originals, int together)
    {
        var key = Key(treatment, seed);
        using var classifier = adapters.CreateClassifier(options.Specify(dataset.Classes.Count, seed));
        var checkpoint = options.Protocol == TrainingProtocol.Finetune
            ? new TrainingCheckpoint(Path.Combine(folder.FullName, ".veil-checkpoints", Hash(key)[..16]), key) : null;
        var run = new Training(classifier, Divide(inputs, originals, seed), options, seed).Run(
            checkpoint,
            elapsed =>
            {
                _meter.Did(Epochs, 1, elapsed / together);
                CorrectEpochs(1, null);
                _meter.Show(treatment.Name + ", training");
            },
            cancel);
        journal.Add(key, run, UtilityJson.Default.TrainingRun);
        checkpoint?.Remove();
        CorrectEpochs(0, run);
        return run;
    }

    private TrainingSet Divide(InputStore inputs, InputStore originals, int seed)
    {
        var (train, test) = (Labelled(dataset.Train, inputs), Labelled(dataset.Test, originals));
        if (dataset.Validation.Count > 0)
        {
            return new TrainingSet(train, Labelled(dataset.Validation, inputs), test);
        }

        var (trained, validation) = StratifiedSplit.Of(train.Labels, [.. dataset.Train.Select(picture => picture.Sha256)], options.Validation, seed);
        return new TrainingSet(train.At(trained), train.At(validation), test);
    }

    private static LabelledInputs Labelled(IReadOnlyList<UtilityPicture> pictures, InputStore store) =>
        new([.. pictures.Select(picture => store.Find(picture.Sha256)!.Values)], [.. pictures.Select(picture => picture.Class)]);

    private CoveredCounts Count(Treatment treatment, InputStore inputs)
    {
        int[] regions = [.. _treated.Select(picture => treatment.IsOriginal ? 0 : inputs.Find(picture.Sha256)!.Regions)];
        return new CoveredCounts(regions.Length, regions.Count(count => count > 0), regions.Sum());
    }

    private void EncodeOriginals(InputStore originals) => Fill(Treatment.Original, originals, [.. dataset.Test, .. _treated], picture =>
    {
        using var pixels = Named(picture, () => adapters.Read(picture));
        return new StoredInput(adapters.Encode(pixels), 0);
    });

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

        try
        {
            Fill(treatment, inputs, _treated, picture =>
            {
                using var pixels = Named(picture, () => adapters.Read(picture));
                if (Regions(picture, pixels) is not { Count: > 0 } regions)
                {
                    return new StoredInput(originals.Find(picture.Sha256)!.Values, 0);
                }

                Apply(treatment, method, picture, pixels, regions);
                return new StoredInput(adapters.Encode(pixels), regions.Count);
            });
            return null;
        }
        catch (TreatmentFailedException error)
        {
            return new TreatmentFailure(error.Message, error.Picture);
        }
    }

    private static void Apply(Treatment treatment, IAnonymizer? method, UtilityPicture picture, PixelBuffer pixels, IReadOnlyList<Region> regions)
    {
        try
        {
            treatment.Apply(method, pixels, regions);
        }
        catch (VeilException error)
        {
            throw new TreatmentFailedException(error, picture.Path);
        }
    }

    /// <summary>Names the picture where something fails that no treatment could do without.</summary>
    private static T Named<T>(UtilityPicture picture, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (VeilException error)
        {
            throw new VeilException(error.Code, $"{picture.Path}: {error.Message}", error.Hint, error);
        }
    }

    private IReadOnlyList<Region> Regions(UtilityPicture picture, PixelBuffer pixels)
    {
        lock (_regions)
        {
            if (!_regions.TryGetValue(picture.Sha256, out var regions))
            {
                _regions[picture.Sha256] = regions = Named(picture, () => adapters.Find(picture, pixels, cancel));
            }

            return regions;
        }
    }

    /// <summary>Adds what a store does not have yet, each content once.</summary>
    private void Fill(Treatment treatment, InputStore store, IEnumerable<UtilityPicture> pictures, Func<UtilityPicture, StoredInput> make)
    {
        var missing = pictures.Where(picture => store.Find(picture.Sha256) is null).DistinctBy(picture => picture.Sha256).ToList();
        foreach (var some in missing.Chunk(PicturesInTurn * adapters.Workers))
        {
            var started = Stopwatch.GetTimestamp();
            var made = new StoredInput[some.Length];
            SideBySide.For(some.Length, adapters.Workers, index => made[index] = make(some[index]), cancel);
            for (var i = 0; i < some.Length; i++)
            {
                store.Add(some[i].Sha256, made[i]);
            }

            _meter.Did(PicturesOf(treatment), some.Length, Stopwatch.GetElapsedTime(started));
            _meter.Show(treatment.Name + ", pictures");
        }
    }

    private void Estimate(IReadOnlyList<Treatment> treatments)
    {
        var known = treatments.SelectMany(treatment => Seeds().Select(seed => journal.Find(Key(treatment, seed), UtilityJson.Default.TrainingRun))).ToList();
        (_finished, _unfinished, _epochsOfFinished) = (known.OfType<TrainingRun>().Count(), known.Count(run => run is null), known.OfType<TrainingRun>().Sum(run => run.Epochs.Count));
        _meter.Credit(known.OfType<TrainingRun>().Sum(run => run.Milliseconds) / Math.Min(options.Seeds, adapters.Trainings));
        var timing = new UtilityTiming(dataset, options, adapters, cancel);
        foreach (var treatment in treatments)
        {
            var isPending = treatment.IsOriginal ? _unfinished > 0 : Seeds().Any(seed => journal.Find(Key(treatment, seed), UtilityJson.Default.TrainingRun) is null);
            var all = (treatment.IsOriginal ? dataset.Test.Concat(_treated) : _treated).Select(picture => picture.Sha256).Distinct().Count();
            var pending = isPending ? Math.Max(0, all - Stored(treatment)) : 0;
            _meter.Expect(PicturesOf(treatment), pending, pending > 0 ? timing.OfPicture(treatment) : 0);
        }

        _meter.Expect(Epochs, 0, _unfinished > 0 ? timing.OfEpoch() / Math.Min(options.Seeds, adapters.Trainings) : 0);
        CorrectEpochs(0, null);
    }

    /// <summary>How many epochs are left: early stopping decides, so that those of finished trainings are the guide.</summary>
    /// <param name="epochs">Epochs that were trained now.</param>
    /// <param name="finished">A training that ended; null for none.</param>
    private void CorrectEpochs(int epochs, TrainingRun? finished)
    {
        lock (_counts)
        {
            _epochsOfUnfinished = Math.Max(0, _epochsOfUnfinished + epochs - (finished?.Epochs.Count ?? 0));
            _epochsOfFinished += finished?.Epochs.Count ?? 0;
            _finished += finished is null ? 0 : 1;
            _unfinished -= finished is null ? 0 : 1;
            var usual = _finished > 0 ? _epochsOfFinished / (double)_finished : Math.Min(options.Epochs, GuessedEpochs);
            _meter.Correct(Epochs, Math.Max(0, (_unfinished * usual) - _epochsOfUnfinished));
        }
    }

    private IEnumerable<int> Seeds() => Enumerable.Range(1, options.Seeds);

    private InputStore Store(Treatment treatment) => InputStore.Open(StorePath(treatment), StoreIdentity(treatment), adapters.InputLength);

    private int Stored(Treatment treatment) => StorePath(treatment) is { } path ? InputStore.CountIn(path, adapters.InputLength) : 0;

    /// <summary>Only features are kept: pixels of originals have no business in a folder of reports, and are quickly had again.</summary>
    private string? StorePath(Treatment treatment) =>
        options.Protocol == TrainingProtocol.Frozen ? Path.Combine(folder.FullName, ".veil-inputs", Hash(StoreIdentity(treatment))[..16] + ".bin") : null;

    private string StoreIdentity(Treatment treatment) => Hash(CodeStamp.Current, adapters.Identity, Describe(treatment));

    private string Key(Treatment treatment, int seed) => $"utility {_identity[..16]} {Describe(treatment)} seed {seed}";

    private string CoveredKey(Treatment treatment) => $"utility {_identity[..16]} {Describe(treatment)} covered";

    private static string PicturesOf(Treatment treatment) => "pictures of " + treatment.Name;

    private string Describe(Treatment treatment) => treatment.Options is null
        ? treatment.Name
        : treatment.Name + "[" + string.Join(' ', MethodOptionsBinder.Write(treatment.Options).Select(pair => $"{pair.Key}={pair.Value}")) + "]" + FilesOf(treatment);

    /// <summary>Read once: all keys of a run are for the same content.</summary>
    private string FilesOf(Treatment treatment)
    {
        lock (_files)
        {
            return _files.TryGetValue(treatment.Name, out var known) ? known : _files[treatment.Name] = treatment.Fingerprint();
        }
    }

    private static string Hash(params IEnumerable<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
