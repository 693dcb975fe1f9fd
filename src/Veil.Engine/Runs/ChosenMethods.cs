using System.Globalization;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>A method with its options, and the preset they started from.</summary>
internal sealed record ChosenMethod(AnonymizerDescriptor Method, MethodOptions Options, MethodPreset? Preset);

/// <summary>The method of each kind of a run.</summary>
internal sealed class ChosenMethods
{
    private readonly Dictionary<RegionKind, ChosenMethod> _byKind;

    /// <summary>Takes the methods.</summary>
    /// <param name="byKind">At least one.</param>
    public ChosenMethods(IReadOnlyDictionary<RegionKind, ChosenMethod> byKind)
    {
        _byKind = new Dictionary<RegionKind, ChosenMethod>(byKind);
        Kinds = RegionKinds.InOrder(byKind.Keys);
        if (Find(RegionKind.Body) is { Method.ForBodiesAlone: { } lesser } bodies && All.Count(chosen => chosen.Method.Id == bodies.Method.Id) == 1)
        {
            _byKind[RegionKind.Body] = bodies with { Method = lesser };
        }
    }

    /// <summary>The kinds, in the order in which they are drawn.</summary>
    public IReadOnlyList<RegionKind> Kinds { get; }

    /// <summary>The models that the methods run, by id.</summary>
    public IReadOnlyList<string> Models =>
        [.. All.SelectMany(chosen => chosen.Method.Models(chosen.Options)).Concat(Find(RegionKind.Body) is { } bodies ? bodies.Method.BodyModels(bodies.Options) : []).Distinct()];

    /// <summary>The user's own generators that the methods run: files.</summary>
    public IReadOnlyList<string> Generators => [.. All.Select(chosen => chosen.Options).OfType<SyntheticOptions>().Select(options => options.Generator).Where(file => file.Length > 0).Distinct()];

    /// <summary>What the user should know about strengths.</summary>
    public IReadOnlyList<string> Warnings => [.. Kinds.Select(Warning).OfType<string>()];

    private IEnumerable<ChosenMethod> All => Kinds.Select(kind => _byKind[kind]);

    /// <summary>The method of a kind; null for a kind that the run does not have.</summary>
    public ChosenMethod? Find(RegionKind kind) => _byKind.GetValueOrDefault(kind);

    /// <summary>The method of a kind that the run has.</summary>
    public ChosenMethod this[RegionKind kind] => _byKind[kind];

    /// <summary>Whether shape or method ask for dense points of faces.</summary>
    public bool NeedsFacePoints(RegionPolicies policies) => Find(RegionKind.Face) is { } faces
        && (policies[RegionKind.Face].Shape == RegionShape.Face || faces.Method.Needs.HasFlag(MethodNeeds.FacePoints));

    /// <summary>What is needed of the regions, by any kind.</summary>
    public bool Needs(MethodNeeds needs) => All.Any(chosen => chosen.Method.Needs.HasFlag(needs));

    /// <summary>Makes the methods as one. Kinds that have the same method with the same options share it.</summary>
    /// <exception cref="Errors.VeilException">A method cannot work here.</exception>
    public IAnonymizer Create()
    {
        var made = new Dictionary<(string Id, MethodOptions Options), IAnonymizer>();
        foreach (var (method, options, _) in All)
        {
            if (!made.ContainsKey((method.Id, options)))
            {
                made.Add((method.Id, options), method.Create(options));
            }
        }

        return Kinds.Count == 1 ? made.Values.First() : new KindAnonymizer(_byKind.ToDictionary(pair => pair.Key, pair => made[(pair.Value.Method.Id, pair.Value.Options)]));
    }

    /// <summary>Methods and policies as options of a run, for its report and for knowing it again; those of several kinds bear the kind's name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe(RegionPolicies policies)
    {
        foreach (var kind in Kinds)
        {
            var (prefix, policy, chosen) = (KindPrefix.Of(kind, Kinds), policies[kind], _byKind[kind]);
            yield return new(prefix + "method", chosen.Method.Id);
            yield return new(prefix + "guarantee", RegionJson.NameOf(chosen.Method.Guarantee));
            yield return new(prefix + "growth", policy.Growth.ToString(CultureInfo.InvariantCulture));
            yield return new(prefix + "shape", RegionJson.NameOf(policy.Shape));
            yield return new(prefix + "soft-edge", policy.SoftEdge.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, value) in MethodOptionsBinder.Write(chosen.Options))
            {
                yield return new(prefix + "method." + name, value);
            }
        }
    }

    private string? Warning(RegionKind kind)
    {
        var (prefix, (method, options, _)) = (Kinds.Count > 1 ? RegionKinds.NameOf(kind) + ": " : "", _byKind[kind]);
        if (kind is RegionKind.Plate or RegionKind.Text)
        {
            // Hill et al., On the (In)effectiveness of Mosaicing and Blurring as Tools for Document Redaction, 2016.
            return method.Guarantee == Guarantee.Obfuscating
                ? $"{prefix}{method.Id} is not safe on {RegionKinds.NameOf(kind)}: blurred and pixelated characters have been read again (Hill et al., 2016). Use --find {RegionKinds.NameOf(kind)}=solid."
                : null;
        }

        return method.Assess(options) is { } weak ? $"{prefix}{weak.Message} {weak.Hint}" : null;
    }
}
