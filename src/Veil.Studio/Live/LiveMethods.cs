using Veil.Anonymization;
using Veil.Engine;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Regions;
using Veil.Video.Live;

namespace Veil.Studio.Live;

/// <summary>The methods that work on a live picture, and choices put to work.</summary>
internal static class LiveMethods
{
    /// <summary>Those offered: without the ones that need several people in every frame, which nobody can promise, or files of the user's own.</summary>
    public static IReadOnlyList<AnonymizerDescriptor> All { get; } = [.. Catalogues.Methods.All.Where(method => (method.Needs & (MethodNeeds.SeveralPeople | MethodNeeds.UsersFiles)) == 0)];

    /// <summary>The kinds that can be found in a camera's picture.</summary>
    public static IReadOnlyList<RegionKind> Kinds { get; } = [RegionKind.Face, RegionKind.Head, RegionKind.Body, RegionKind.Plate, RegionKind.Text];

    /// <summary>A method by its id.</summary>
    /// <exception cref="VeilException">It is not for live pictures.</exception>
    public static AnonymizerDescriptor Find(string id) => All.FirstOrDefault(method => method.Id == id) ?? throw new VeilException(
        VeilErrorCode.InvalidOption, $"Method '{id}' is not for live pictures: it needs several people in every frame, or files of your own.", "Choose another, e.g. veil.");

    /// <summary>Whether it runs a network for every region, so that frames may take too long.</summary>
    public static bool IsSlow(AnonymizerDescriptor method) => method.Models(method.Defaults).Count > 0;

    /// <summary>How many strengths there are to choose from; 1 for none.</summary>
    public static int Strengths(AnonymizerDescriptor method) => IsSlow(method) ? 1 : method.Strengths.Count;

    /// <summary>The strength that a method has by itself, 0 for the strongest.</summary>
    public static int UsualStrength(AnonymizerDescriptor method)
    {
        var usual = Enumerable.Range(0, method.Strengths.Count).Where(strength => Options(method, strength) == method.Defaults);
        return usual.DefaultIfEmpty(0).First();
    }

    /// <summary>Makes what treats frames; models are loaded later, by whoever looks for the first region.</summary>
    /// <exception cref="VeilException">Something is missing on this machine, or does not go together.</exception>
    public static (LiveTreatment Treatment, IReadOnlyList<string> Warnings) Prepare(LiveChoice choice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var method = Find(choice.Method);
        var options = choice.Strength is { } strength && Strengths(method) > 1 ? Options(method, Math.Min(strength, method.Strengths.Count - 1)) : method.Defaults;
        var prepared = Preparation.Create(new AnonymizerSettings { Treatments = [.. choice.Kinds.Select(kind => Treat(kind, method, options, choice))] }, cancellationToken);
        var anonymizer = prepared.Methods.Create();
        var treatment = new LiveTreatment(prepared.Finder.CreateProvider, prepared.Recipe.Policies, anonymizer)
        {
            Finding = string.Join('\n', prepared.Finder.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}").Append(prepared.Finder.Fingerprint)),
            Kinds = [.. prepared.Methods.Kinds],
        };
        return (treatment, [.. prepared.Methods.Warnings, .. prepared.Finder.Warnings]);
    }

    // Of characters nothing may be left to read, so that plates and writing never get a blur.
    private static KindTreatment Treat(RegionKind kind, AnonymizerDescriptor method, MethodOptions options, LiveChoice choice)
    {
        if (!IsFor(kind, method))
        {
            return new KindTreatment(kind);
        }

        var treatment = new KindTreatment(kind) { Method = method.Id, Options = options };

        // Shape and growth are said of people: the outline of plates and writing is covered to its rim as it is.
        return kind is RegionKind.Plate or RegionKind.Text ? treatment : treatment with { Shape = choice.Shape, Growth = choice.Growth };
    }

    private static bool IsFor(RegionKind kind, AnonymizerDescriptor method)
    {
        if (kind is RegionKind.Plate or RegionKind.Text && method.Guarantee == Guarantee.Obfuscating)
        {
            return false;
        }

        try
        {
            MethodSuitability.Require(kind, method);
            return true;
        }
        catch (VeilException unsuitable) when (unsuitable.Code == VeilErrorCode.InvalidOption)
        {
            return false;
        }
    }

    private static MethodOptions Options(AnonymizerDescriptor method, int strength) => MethodOptionsBinder.Bind(
        method, method.Strengths[strength].Split(':', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
}
