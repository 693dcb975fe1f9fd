using Veil.Anonymization;

namespace Veil.Studio.Choosing;

/// <summary>The strengths of a method that were measured, from weak to strong: where its slider stops.</summary>
/// <param name="Steps">The options at each.</param>
internal sealed record StrengthScale(IReadOnlyList<MethodOptions> Steps)
{
    /// <summary>The scale of a method; null where it has no strengths to choose among, or where files of the user's decide, too.</summary>
    public static StrengthScale? Of(AnonymizerDescriptor method) => method.Strengths.Count < 2 || method.Needs.HasFlag(MethodNeeds.UsersFiles) ? null
        : new StrengthScale([.. method.Strengths.Reverse().Select(strength => MethodOptionsBinder.Bind(method, Pairs(strength)))]);

    /// <summary>The step that options stand at; null between steps.</summary>
    public int? StepOf(MethodOptions options)
    {
        var asked = options with { Seed = 0 };
        for (var step = 0; step < Steps.Count; step++)
        {
            if (Steps[step] with { Seed = 0 } == asked)
            {
                return step;
            }
        }

        return null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string strength) => strength.Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
