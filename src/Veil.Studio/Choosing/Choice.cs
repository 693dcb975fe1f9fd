using Veil.Anonymization;
using Veil.Detection;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Studio.Choosing;

/// <summary>What a user chose on the page, as the page shows it: one look for people, and none of the many settings that are left alone. Immutable.</summary>
/// <param name="Kinds">What to find; never empty.</param>
/// <param name="Method">How people are covered.</param>
/// <param name="Options">The method's options.</param>
internal sealed record Choice(IReadOnlyList<RegionKind> Kinds, AnonymizerDescriptor Method, MethodOptions Options)
{
    /// <summary>The kinds that the page offers, in its order.</summary>
    public static IReadOnlyList<RegionKind> Offered { get; } = [RegionKind.Face, RegionKind.Head, RegionKind.Body, RegionKind.Plate, RegionKind.Text];

    /// <summary>The preset that the options are of; null once any was changed.</summary>
    public string? Preset { get; init; }

    /// <summary>Shape of what is covered; null for what suits the method.</summary>
    public RegionShape? Shape { get; init; }

    /// <summary>Growth of regions as a fraction of their size; null for what suits the method.</summary>
    public float? Growth { get; init; }

    /// <summary>How hard to look.</summary>
    public DetectionEffort Effort { get; init; }

    /// <summary>Reads it back from a project's settings.</summary>
    public static Choice Of(AnonymizerSettings settings, AnonymizerCatalog methods)
    {
        RegionKind[] kinds = [.. Offered.Where(kind => settings.Treatments.Any(treatment => treatment.Kind == kind))];
        var people = settings.Treatments.FirstOrDefault(treatment => IsOfPeople(treatment.Kind) && treatment.Method is not null) ?? new KindTreatment(RegionKind.Face);
        var named = people.Method ?? MethodSuitability.DefaultFor(people.Kind);
        var (method, preset) = named.Contains('/', StringComparison.Ordinal) ? methods.FindPreset(named) : (methods.Find(named), null);
        return new Choice(kinds.Length > 0 ? kinds : [RegionKind.Face], method, people.Options ?? preset?.Options ?? method.Defaults)
        {
            Preset = people.Options is null ? preset?.Name : null,
            Shape = people.Shape,
            Growth = people.Growth,
            Effort = settings.Detection.Effort,
        };
    }

    /// <summary>Whether the method can cover a kind; where it cannot, the kind's own default does.</summary>
    public bool Suits(RegionKind kind)
    {
        try
        {
            MethodSuitability.Require(kind, Method);
            return true;
        }
        catch (VeilException)
        {
            return false;
        }
    }

    /// <summary>Changes a project's settings to this, and leaves everything else in them alone.</summary>
    public AnonymizerSettings Apply(AnonymizerSettings settings) => settings with
    {
        Treatments = [.. Kinds.Select(Treatment)],
        Detection = settings.Detection with { Effort = Effort },
    };

    /// <summary>With a kind found or not; the last one stays.</summary>
    public Choice Toggle(RegionKind kind) => !Kinds.Contains(kind) ? this with { Kinds = [.. Offered.Where(one => one == kind || Kinds.Contains(one))] }
        : Kinds.Count > 1 ? this with { Kinds = [.. Kinds.Where(one => one != kind)] } : this;

    /// <summary>With another method at its defaults.</summary>
    public Choice With(AnonymizerDescriptor method) => this with { Method = method, Options = method.Defaults, Preset = null, Shape = null, Growth = null };

    /// <summary>With one option set.</summary>
    /// <exception cref="VeilException">The value is out of range or unreadable.</exception>
    public Choice With(string option, string value) => this with { Options = MethodOptionsBinder.Bind(Method, [KeyValuePair.Create(option, value)], Options), Preset = null };

    private static bool IsOfPeople(RegionKind kind) => kind is RegionKind.Face or RegionKind.Head or RegionKind.Body;

    // Characters are covered by what leaves nothing of them, whatever the look of people.
    private KindTreatment Treatment(RegionKind kind) => !IsOfPeople(kind) || !Suits(kind) ? new KindTreatment(kind)
        : new KindTreatment(kind) { Method = Preset ?? Method.Id, Options = Preset is null ? Options : null, Shape = Shape, Growth = Growth };
}
