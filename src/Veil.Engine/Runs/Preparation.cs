using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Veil.Anonymization;
using Veil.Detection;
using Veil.Engine.Finding;
using Veil.Engine.People;
using Veil.Errors;
using Veil.Identity;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>Settings put to work: everything is chosen, checked and found here, before any input is touched.</summary>
/// <param name="Methods">What happens to regions.</param>
/// <param name="Finder">Finds them.</param>
/// <param name="Recipe">How items are made.</param>
internal sealed record Preparation(ChosenMethods Methods, RegionFinder Finder, ItemRecipe Recipe)
{
    /// <summary>Whether what is in front of faces stays, with methods that ask for it.</summary>
    public KeptOcclusions Occlusions { get; init; }

    // A reference photo shows its person large; what is smaller stands in the background.
    private const int SmallestReferenceFace = 24;

    /// <summary>The models that take part.</summary>
    public IReadOnlyList<ReportedModel> Models =>
        [.. Finder.Models.Concat(UsedModels.Describe(Methods.Models, Recipe.Store)).Concat(Methods.Generators.Select(file => UsedModels.Describe(new FileInfo(file)))).Distinct()];

    /// <summary>Prepares a run.</summary>
    /// <param name="settings">As the user wants it.</param>
    /// <param name="cancellationToken">Stops between reference photos.</param>
    /// <exception cref="VeilException">Something is not to be understood, out of range, or missing here.</exception>
    public static Preparation Create(AnonymizerSettings settings, CancellationToken cancellationToken)
    {
        var store = ModelStore.Default(settings.Licence);
        var methods = Choose(settings, Catalogues.MethodsWith(store, settings.OwnMethods));
        var policies = PoliciesOf(settings, methods);
        var options = new DetectorOptions { Threshold = settings.Detection.Threshold, SmallestFace = settings.Detection.SmallestFace, Effort = settings.Detection.Effort };
        Checked.Require(options);
        Checked.Require(settings.Encoding);
        Checked.Require(settings.Limits);
        settings.Video.Check();
        var catalog = Catalogues.Detectors(Catalogues.Onnx(store), store, settings.Detection.OwnDetectors);
        var request = new FindingRequest(methods.Kinds, options, store) 
        {
            Named = [.. settings.Detection.Detectors.Distinct().Select(catalog.Find)], OwnDetectors = settings.Detection.OwnDetectors, Masks = settings.Detection.Masks,
        };
        var finder = request.CreateFinder().Complete(methods, policies, Catalogues.Landmarkers(store).Default, settings.Occlusions, store);
        return new Preparation(
            methods,
            settings.People is { } people ? Choosing(finder, people, request, methods.Kinds, cancellationToken) : finder,
            new ItemRecipe(methods, policies, settings.Encoding, settings.Video, settings.Limits)
            {
                Existing = settings.Existing, Times = settings.Times, Verify = settings.Verify, Store = store, Tracking = settings.Tracking,
            })
        {
            Occlusions = settings.Occlusions,
        };
    }

    /// <summary>Which pixels settings cover for a region of each kind; nothing is loaded for it.</summary>
    /// <param name="settings">As the user wants it.</param>
    /// <exception cref="VeilException">Something is not to be understood, or out of range.</exception>
    public static RegionPolicies PoliciesOf(AnonymizerSettings settings) => PoliciesOf(settings, Choose(settings, Catalogues.MethodsWith(ModelStore.Default(settings.Licence), settings.OwnMethods)));

    /// <summary>Every option that changes the outcome, for reports and for knowing a run again.</summary>
    /// <param name="settings">What was prepared.</param>
    public IReadOnlyDictionary<string, string> Describe(AnonymizerSettings settings) => new Dictionary<string, string>(Finder.Options.Concat(Methods.Describe(Recipe.Policies)))
    {
        ["encode"] = RegionJson.NameOf(settings.Encoding.Mode),
        ["format"] = settings.Encoding.Format is { } format ? RegionJson.NameOf(format) : "as the input",
        ["quality"] = settings.Encoding.Quality?.ToString(CultureInfo.InvariantCulture) ?? "as the input",
        ["metadata"] = RegionJson.NameOf(settings.Encoding.Metadata.Level),
        ["tracking"] = settings.Tracking is null ? "off" : "on",
        ["video"] = settings.Video.ToString(),
        ["verify"] = RegionJson.NameOf(settings.Verify),
    };

    private static ChosenMethods Choose(AnonymizerSettings settings, AnonymizerCatalog catalog)
    {
        if (settings.Treatments.Count == 0)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Nothing is to be found.", "Name one kind of region or more, e.g. faces.");
        }

        if (settings.Treatments.GroupBy(one => one.Kind).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"{RegionKinds.NameOf(twice.Key)} are named more than once.", "Name each kind once, with one method.");
        }

        if (settings.Treatments.Count > 1 && settings.Treatments.Any(one => one.Kind == RegionKind.Image))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "The whole picture is covered, so that nothing else is left to be found.", "Leave out image, or all other kinds.");
        }

        return new ChosenMethods(settings.Treatments.ToDictionary(one => one.Kind, one => Choose(one, settings.Seed, catalog)));
    }

    /// <summary>The same for regions that are known already: kinds that the settings do not name have their default method.</summary>
    /// <param name="timeline">The regions.</param>
    public Preparation ForKnown(RegionTimeline timeline)
    {
        var regions = timeline.Frames.SelectMany(frame => frame.Regions);
        var known = regions.All(region => region.Kind != RegionKind.Face || region.Points is not null) ? FacePointState.AllKnown : FacePointState.Unknown;
        return ForKnown(regions.Select(region => region.Kind).Concat(Methods.Kinds), () => new StoredRegions(new RegionsDocument([timeline])), known);
    }

    /// <summary>The same for regions that come from elsewhere: kinds that the settings do not name have their default method.</summary>
    /// <param name="all">The kinds that may come.</param>
    /// <param name="createProvider">Makes one worker's provider of them.</param>
    /// <param name="known">Whether there may be faces whose dense points are not known yet.</param>
    public Preparation ForKnown(IEnumerable<RegionKind> all, Func<IRegionProvider> createProvider, FacePointState known)
    {
        var kinds = RegionKinds.InOrder(all);
        var catalog = Catalogues.MethodsWith(Recipe.Store);
        var methods = new ChosenMethods(kinds.ToDictionary(kind => kind, kind => Methods.Find(kind) ?? Choose(new KindTreatment(kind), null, catalog)));
        var finder = new RegionFinder(createProvider, new Dictionary<string, string>(), [], []) { Points = known };
        return this with
        {
            Methods = methods,
            Finder = finder.Complete(methods, Recipe.Policies, Catalogues.Landmarkers(Recipe.Store).Default, Occlusions, Recipe.Store),
            Recipe = Recipe with { Methods = methods, Tracking = null },
        };
    }

    private static ChosenMethod Choose(KindTreatment treatment, int? seed, AnonymizerCatalog catalog)
    {
        var name = treatment.Method ?? MethodSuitability.DefaultFor(treatment.Kind);
        var (method, preset) = name.Contains('/', StringComparison.Ordinal) ? catalog.FindPreset(name) : (catalog.Find(name), null);
        MethodSuitability.Require(treatment.Kind, method);
        var options = treatment.Options ?? preset?.Options ?? method.Defaults;
        method.Validate(options);
        return new ChosenMethod(method, seed is { } number ? options with { Seed = number } : options, preset);
    }

    private static RegionPolicies PoliciesOf(AnonymizerSettings settings, ChosenMethods methods) =>
        new(RegionKinds.All.ToDictionary(kind => kind, kind => Policy(settings, kind, methods)));

    private static RegionPolicy Policy(AnonymizerSettings settings, RegionKind kind, ChosenMethods methods)
    {
        var own = settings.Treatments.FirstOrDefault(one => one.Kind == kind);
        return Coverage.For(kind, methods.Find(kind), own?.Growth, own?.Shape, own?.SoftEdge);
    }

    private static RegionFinder Choosing(RegionFinder finder, PeopleSelection people, FindingRequest request, IReadOnlyList<RegionKind> kinds, CancellationToken cancellationToken)
    {
        if (!kinds.Contains(RegionKind.Face))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"People are chosen by their faces, but this run looks for {string.Join(", ", kinds.Select(RegionKinds.NameOf))}.", "Add faces to what is found.");
        }

        Checked.Require(people.Policy);
        var (reader, model) = FaceNetwork.Load(request.Store);
        if (people.Photos is { } folder)
        {
            using var faces = request.DetectorOf(RegionKind.Face).Detector.Create(new DetectorOptions { SmallestFace = SmallestReferenceFace });
            return finder.Choosing(new Enrolment(faces, reader).Enrol(new PeopleSettings(people.Rule, folder, people.Policy), cancellationToken), model);
        }

        if (people.Faces.Count == 0)
        {
            throw new VeilException(VeilErrorCode.InvalidReference, "Nobody is on the list of people.", "Name a folder of reference photos, or choose somebody.");
        }

        var gallery = new PersonGallery(people.Faces);
        return finder.Choosing(
            new EnrolledPeople(
                new PersonChooser(people.Rule, gallery, people.Policy, reader),
                new Dictionary<string, string>
                {
                    [EnrolledPeople.RuleOption] = RegionJson.NameOf(people.Rule),
                    ["people-listed"] = gallery.Count.ToString(CultureInfo.InvariantCulture),
                    ["people-photos"] = gallery.Photos.ToString(CultureInfo.InvariantCulture),
                },
                Convert.ToHexStringLower(SHA256.HashData([.. people.Faces.SelectMany(person => person).SelectMany(face => MemoryMarshal.AsBytes<float>(face.ToArray()).ToArray())])), [], []),
            model);
    }
}
