using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// A method for each kind of region. Kinds are drawn one after the other, in the order of <see cref="RegionKinds.All"/>: bodies,
/// heads, faces, plates, text. As thread-safe as its methods are.
/// </summary>
/// <remarks>
/// <para>
/// What lies in regions of several kinds gets all their methods, each working on what the one before has left: a sticker on a
/// face lies over its body's blur. But what lies for the most part in something that is removed
/// (<see cref="IPictureAnonymizer.Removes"/>) is removed with it: no blurred face, and no bar over the writing on a shirt, is
/// left in the air where somebody stood.
/// </para>
/// <para>
/// A method that looks around its regions sees those of later kinds as they were. It is told which they are
/// (<see cref="CoveredScene.Pending"/>) and leaves them out, so that no plate, and no other person's face, is copied into the
/// place of a body and stays there. Pixels outside a region depend on it through the methods of other regions that contain
/// a part of it, and through nothing else.
/// </para>
/// <para>Kinds with the same instance of an <see cref="IPictureAnonymizer"/> are covered together, when the first of them is due.</para>
/// </remarks>
public sealed class KindAnonymizer : IPictureAnonymizer
{
    private readonly Dictionary<RegionKind, IAnonymizer> _methods;

    /// <summary>Takes a method for each kind that there may be.</summary>
    /// <param name="methods">Kinds and methods; kinds that should be seen together share an instance.</param>
    public KindAnonymizer(IReadOnlyDictionary<RegionKind, IAnonymizer> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        _methods = new Dictionary<RegionKind, IAnonymizer>(methods);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => [.. Distinct().SelectMany(method => method.Remarks)];

    /// <inheritdoc/>
    public void Apply(PixelBuffer image, Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        For(region.Kind).Apply(image, region, mask);
    }

    /// <inheritdoc/>
    public void Apply(PixelBuffer image, IReadOnlyList<CoveredRegion> covered, IReadOnlyList<CoveredRegion> pending)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(covered);
        ArgumentNullException.ThrowIfNull(pending);
        var steps = Steps(covered);
        for (var i = 0; i < steps.Count; i++)
        {
            var (method, due) = steps[i];
            if (method is IPictureAnonymizer whole)
            {
                whole.Apply(image, due, [.. steps.Skip(i + 1).SelectMany(later => later.Due), .. pending]);
                continue;
            }

            foreach (var (region, mask) in due)
            {
                method.Apply(image, region, mask);
            }
        }
    }

    /// <inheritdoc/>
    public PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        return For(region.Kind).Reads(region, mask);
    }

    /// <inheritdoc/>
    public IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered) => Steps(covered).SelectMany(step =>
        step.Method is IPictureAnonymizer whole ? whole.ReadsFor(step.Due) : step.Due.Select(one => step.Method.Reads(one.Region, one.Mask)));

    /// <inheritdoc/>
    public IAnonymizer ForFilm()
    {
        var films = Distinct().ToDictionary(method => method, method => method.ForFilm());
        return films.All(pair => ReferenceEquals(pair.Key, pair.Value)) ? this : new KindAnonymizer(_methods.ToDictionary(pair => pair.Key, pair => films[pair.Value]));
    }

    private IEnumerable<IAnonymizer> Distinct() => RegionKinds.InOrder(_methods.Keys).Select(kind => _methods[kind]).Distinct();

    private IAnonymizer For(RegionKind kind) => _methods.GetValueOrDefault(kind) ?? throw new VeilException(
        VeilErrorCode.AnonymizationFailed, $"There is no method for {RegionKinds.NameOf(kind)} in this run.", "Name one with --find, e.g. --find " + RegionKinds.NameOf(kind) + "=solid.");

    /// <summary>The methods in the order in which they are due, each with its regions.</summary>
    private List<(IAnonymizer Method, List<CoveredRegion> Due)> Steps(IReadOnlyList<CoveredRegion> covered)
    {
        var steps = new List<(IAnonymizer Method, List<CoveredRegion> Due)>();
        foreach (var kind in RegionKinds.InOrder(covered.Select(one => one.Region.Kind)))
        {
            var method = For(kind);
            var due = new List<CoveredRegion>();
            foreach (var one in covered.Where(one => one.Region.Kind == kind))
            {
                (steps.Find(step => step.Method is IPictureAnonymizer whole && step.Due.Exists(larger => whole.Removes(larger.Region) && one.Mask.LiesMostlyIn(larger.Mask))).Due ?? due).Add(one);
            }

            if (due.Count == 0)
            {
                continue;
            }

            var known = method is IPictureAnonymizer ? steps.FindIndex(step => ReferenceEquals(step.Method, method)) : -1;
            if (known >= 0)
            {
                steps[known].Due.AddRange(due);
            }
            else
            {
                steps.Add((method, due));
            }
        }

        return steps;
    }
}
