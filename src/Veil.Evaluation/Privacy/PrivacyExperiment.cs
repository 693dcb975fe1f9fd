using Veil.Errors;
using Veil.Evaluation.Privacy.Attackers;
using Veil.Evaluation.Privacy.Likeness;
using Veil.Evaluation.Privacy.Restorations;
using Veil.Evaluation.Privacy.Verification;
using Veil.Evaluation.Reidentification;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Statistics;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Privacy;

/// <summary>
/// Measures what is left of people after treatments: every attacker of <see cref="AttackerCatalog"/>, by every network, against
/// every treatment. Attackers align by the points of the original, the most that they could ever know; how often a detector would
/// have found the face at all is counted beside it.
/// </summary>
public sealed class PrivacyExperiment
{
    private readonly FaceArchive _archive;
    private readonly PrivacySettings _settings;
    private readonly MeasurementJournal _journal;
    private readonly List<ArchiveFace> _faces;
    private readonly HashSet<int> _shown;
    private readonly RankOneExperiment _identification;
    private readonly VerificationExperiment _verification;
    private readonly RankOneProtocol _protocol;
    private readonly List<int> _paired;
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    private PrivacyExperiment(FaceArchive archive, PrivacySettings settings, MeasurementJournal journal)
    {
        (_archive, _settings, _journal) = (archive, settings, journal);
        var people = archive.Faces.GroupBy(face => face.Person).Where(person => person.Skip(1).Any()).ToList();
        if (people.Count < 2)
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth,
                $"Expected two people or more with two usable pictures each, but received {people.Count}: {archive.Faces.Count} usable pictures of {archive.Faces.DistinctBy(face => face.Person).Count()} people, {archive.LeftOut.Count} left out{Example(archive)}.",
                "Give a folder with one folder for each person, and two pictures or more in each.");
        }

        _faces = [.. people.SelectMany(person => person)];
        _shown = [.. _faces.Select((face, index) => (face.Person, index)).DistinctBy(one => one.Person).Select(one => one.index)];
        _protocol = new RankOneProtocol { People = settings.People ?? Math.Min(PrivacySettings.UsualPeople, people.Count), Draws = settings.Draws, Seed = settings.Seed };
        int[] identities = [.. _faces.Select(face => face.Person)];
        _paired = Paired(archive);
        _identification = new RankOneExperiment(identities, _protocol);
        _verification = new VerificationExperiment(identities, new VerificationProtocol { Seed = settings.Seed });
    }

    /// <summary>True for treatments that a run would look for dense face points for: <see cref="Regions.Region.Points"/> of the archive's faces should be known then.</summary>
    /// <param name="treatment">Any.</param>
    public static bool WantsPoints(Treatment treatment)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        return FaceCoverage.WantsPoints(treatment);
    }

    /// <summary>Measures treatments, or takes from the journal what was measured before.</summary>
    /// <param name="archive">Pictures of known people.</param>
    /// <param name="treatments">What is done to them; the original is measured in any case, and first.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="journal">What was measured so far. Its identity must stand for the archive, the settings and this program; networks, detectors and treatments are in the keys.</param>
    /// <param name="progress">Told now and then, from several threads; null for nobody.</param>
    /// <param name="cancel">Stops between pictures; what is complete stays in the journal.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidGroundTruth"/>: too few people or pictures. Otherwise a network, a detector or reading a
    /// picture failed. A method that cannot work here is no error but listed in <see cref="PrivacyResult.NotMeasured"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static PrivacyResult Run(
        FaceArchive archive, IReadOnlyList<Treatment> treatments, PrivacySettings settings, MeasurementJournal journal, IProgress<WorkProgress>? progress,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(treatments);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentOutOfRangeException.ThrowIfZero(settings.Networks.Count, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Threads, 1);
        return new PrivacyExperiment(archive, settings, journal).Measure(treatments, progress, cancel);
    }

    private PrivacyResult Measure(IReadOnlyList<Treatment> treatments, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var all = treatments.Where(treatment => !treatment.IsOriginal).Prepend(Treatment.Original).ToList();
        var clock = new WorkClock(progress);
        foreach (var treatment in all)
        {
            clock.Plan(Work(treatment), Missing(treatment) is { Networks: [], Look: false });
        }

        foreach (var network in _settings.Networks)
        {
            clock.Plan(_paired.Count, _journal.Find(PairsKey(network), PrivacyJson.Default.PairAccuracy) is not null);
        }

        clock.Plan(
            _faces.Count * _settings.Networks.Count,
            all.TrueForAll(treatment => Missing(treatment) is { Networks: [], Look: false }) && _settings.Networks.All(network => _journal.Find(SanityKey(network), PrivacyJson.Default.NetworkSanity) is not null));
        var originals = new Lazy<FaceDescriptions>(() => Originals(clock, cancel));
        var sanity = Sanity(originals, clock, cancel);
        var measured = new List<TreatmentPrivacy>();
        var notMeasured = new List<(Treatment, string)>();
        foreach (var treatment in all)
        {
            cancel.ThrowIfCancellationRequested();
            if (FaceCoverage.WhyNot(treatment) is { } reason)
            {
                notMeasured.Add((treatment, reason));
                continue;
            }

            try
            {
                measured.Add(Measure(treatment, originals, clock, cancel));
            }
            catch (VeilException error) when (error.Code is VeilErrorCode.MissingNative or VeilErrorCode.InvalidModel or VeilErrorCode.InvalidOption or VeilErrorCode.AnonymizationFailed)
            {
                // The others can still be measured, and the report names this one.
                notMeasured.Add((treatment, error.Message));
                clock.Skip(Work(treatment));
            }
        }

        return new PrivacyResult(
            _archive.Layout, _faces.Count, _faces.DistinctBy(face => face.Person).Count(), _archive.Faces.Count - _faces.Count, _protocol.People,
            sanity, measured, notMeasured, _archive.LeftOut);
    }

    private TreatmentPrivacy Measure(Treatment treatment, Lazy<FaceDescriptions> originals, WorkClock clock, CancellationToken cancel)
    {
        var missing = Missing(treatment);
        if (missing.Networks.Count > 0 || missing.Look)
        {
            Attack(treatment, missing.Networks, originals.Value, clock, cancel);
        }

        var look = _journal.Find(LookKey(treatment), PrivacyJson.Default.LookUnit)!;
        var attacks = _settings.Networks.Append<RecognitionNetwork?>(null)
            .SelectMany(network => _journal.Find(AttackKey(treatment, network), PrivacyJson.Default.AttackUnit)!.Attacks);
        return new TreatmentPrivacy(treatment, [.. attacks], look.Found, look.Likeness, look.Pictures);
    }

    private void Attack(Treatment treatment, IReadOnlyList<RecognitionNetwork> networks, FaceDescriptions originals, WorkClock clock, CancellationToken cancel)
    {
        clock.Begin(treatment.Name);
        var meter = new LikenessMeter();
        var searches = _settings.Detectors.Select(detector => new FaceSearch(detector, _archive.Layout)).ToList();
        FaceDescriptions seen;
        try
        {
            var describer = new FaceDescriber(_archive.Layout, _settings.Threads, networks);
            var step = Work(treatment) / _faces.Count;
            seen = describer.Describe(_faces, treatment, treatment.Create(), RestorationCatalog.For(treatment), Look, () => clock.Advance(step), cancel);
        }
        finally
        {
            searches.ForEach(search => search.Dispose());
        }

        var tasks = networks.SelectMany((network, index) => Attackers(treatment, FaceComparison.Network).Select(attacker => (attacker, network: (RecognitionNetwork?)network, index)))
            .Concat(Attackers(treatment, FaceComparison.Pixels).Select(attacker => (attacker, network: (RecognitionNetwork?)null, index: 0)));
        var results = tasks.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(_settings.Threads, 512)).WithCancellation(cancel)
            .Select(task => Fight(task.attacker, task.network, task.index, seen, originals)).ToList();

        // Last the unit that says that all is there.
        foreach (var network in networks.Append<RecognitionNetwork?>(null))
        {
            _journal.Add(AttackKey(treatment, network), new AttackUnit([.. results.Where(result => result.Network == (network?.Id ?? ""))]), PrivacyJson.Default.AttackUnit);
        }

        _journal.Add(
            LookKey(treatment), new LookUnit([.. searches.Select(search => Hits(search, _shown.Count))], meter.Likeness, _shown.Count), PrivacyJson.Default.LookUnit);

        void Look(int picture, Imaging.PixelBuffer original, Imaging.PixelBuffer treated, Regions.CoveredRegion? covered)
        {
            if (!_shown.Contains(picture))
            {
                return;
            }

            foreach (var search in searches)
            {
                search.Look(treated, _faces[picture].Region, cancel);
            }

            lock (meter)
            {
                meter.Add(original, treated, covered?.Mask);
            }
        }
    }

    private AttackResult Fight(Attacker attacker, RecognitionNetwork? network, int index, FaceDescriptions seen, FaceDescriptions originals)
    {
        var byNetwork = network is not null;
        var distance = byNetwork ? FaceDistance.Cosine : FaceDistance.Euclidean;
        var original = byNetwork ? originals.Of(FaceView.Treated, NetworkIndex(network!)) : originals.Thumbnails;
        var (probes, gallery) = (View(attacker.Probe), View(attacker.Gallery));
        var found = _identification.Measure(probes, gallery, distance);
        var told = _verification.Measure(probes, gallery, distance);
        return new AttackResult(
            attacker.Id, network?.Id ?? "", found.Rate, found.Margin, found.Chance, told.At1Percent, told.At1PerMille, told.EqualError);

        float[][] View(FaceView view) => view == FaceView.Original ? original : byNetwork ? seen.Of(view, index) : seen.Thumbnails;
    }

    private int NetworkIndex(RecognitionNetwork network) => _settings.Networks.Select((one, index) => (one, index)).First(one => one.one.Id == network.Id).index;

    private FaceDescriptions Originals(WorkClock clock, CancellationToken cancel)
    {
        clock.Begin(Treatment.Original.Name);
        var describer = new FaceDescriber(_archive.Layout, _settings.Threads, _settings.Networks);
        return describer.Describe(_faces, Treatment.Original, method: null, restoration: null, look: null, () => clock.Advance(_settings.Networks.Count), cancel);
    }

    private List<NetworkSanity> Sanity(Lazy<FaceDescriptions> originals, WorkClock clock, CancellationToken cancel) =>
    [
        .. _settings.Networks.Select((network, index) => _journal.GetOrMeasure(SanityKey(network), PrivacyJson.Default.NetworkSanity, () =>
        {
            var pairs = _paired.Count == 0 ? null : _journal.GetOrMeasure(PairsKey(network), PrivacyJson.Default.PairAccuracy, () => Pairs(network, clock, cancel));
            var own = originals.Value.Of(FaceView.Treated, index);
            return NetworkCheck.Of(network, pairs, _identification.Measure(own, own, FaceDistance.Cosine));
        })),
    ];

    private PairAccuracy Pairs(RecognitionNetwork network, WorkClock clock, CancellationToken cancel)
    {
        clock.Begin($"pairs of originals, {network.Id}");
        var place = _paired.Select((index, at) => (index, at)).ToDictionary(one => one.index, one => one.at);
        var describer = new FaceDescriber(_archive.Layout, _settings.Threads, [network]);
        var vectors = describer.Describe([.. _paired.Select(face => _archive.Faces[face])], Treatment.Original, null, null, null, () => clock.Advance(1), cancel).Of(FaceView.Treated, 0);
        return PairAccuracy.Of([.. _archive.Folds.Select(fold => fold.Select(pair => (FaceDistance.Cosine.Between(vectors[place[pair.First]], vectors[place[pair.Second]]), pair.Same)).ToList())]);
    }

    /// <summary>Pictures of the list of pairs; a single fold has no other to take its threshold from, and none is used.</summary>
    private static List<int> Paired(FaceArchive archive) => archive.Folds.Count(fold => fold.Count > 0) < 2 ? []
        : [.. archive.Folds.SelectMany(fold => fold).SelectMany(pair => new[] { pair.First, pair.Second }).Distinct()];

    private (IReadOnlyList<RecognitionNetwork> Networks, bool Look) Missing(Treatment treatment) => FaceCoverage.WhyNot(treatment) is not null ? ([], false) : (
        [.. _settings.Networks.Where(network => _journal.Find(AttackKey(treatment, network), PrivacyJson.Default.AttackUnit) is null)],
        _journal.Find(LookKey(treatment), PrivacyJson.Default.LookUnit) is null);

    private double Work(Treatment treatment) => FaceCoverage.WhyNot(treatment) is not null ? 0
        : _faces.Count * (0.5 + (_settings.Networks.Count * (RestorationCatalog.For(treatment) is null ? 1 : 2)));

    private static IEnumerable<Attacker> Attackers(Treatment treatment, FaceComparison by) =>
        AttackerCatalog.All.Where(attacker => attacker.By == by && attacker.AppliesTo(treatment));

    private static DetectorHits Hits(FaceSearch search, int pictures)
    {
        var share = new ShareInterval(search.Found, pictures);
        return new DetectorHits(search.Id, share.Share, share.Low, share.High, pictures - search.Alignable);
    }

    private static string PairsKey(RecognitionNetwork network) => $"pairs|{network.Id} {network.Sha256}";

    private static string SanityKey(RecognitionNetwork network) => $"sanity|{network.Id} {network.Sha256}";

    private string AttackKey(Treatment treatment, RecognitionNetwork? network) => $"{Key(treatment)}|{(network is null ? "pixels" : $"{network.Id} {network.Sha256}")}";

    private string LookKey(Treatment treatment) => $"{Key(treatment)}|look {string.Join(' ', _settings.Detectors.Select(detector => $"{detector.Id} {detector.Identity}".TrimEnd()))}";

    /// <summary>Everything about a treatment that a figure depends on; files of the user's are read once for it.</summary>
    private string Key(Treatment treatment)
    {
        if (!_keys.TryGetValue(treatment.Name, out var key))
        {
            key = TreatmentIdentity.Of(treatment) + (WantsPoints(treatment) ? $" points {_settings.Landmarker}" : "");
            _keys[treatment.Name] = key;
        }

        return key;
    }

    private static string Example(FaceArchive archive) => archive.LeftOut is [var first, ..] ? $", e.g. {first.Name}: {first.Explanation}" : "";
}
