using Veil.Pipeline;

namespace Veil.Studio.Api.Work;

/// <summary>What settings come to, before any input is looked at.</summary>
/// <param name="Options">Every option that changes the outcome, by the name that reports give it.</param>
/// <param name="Models">The models that take part.</param>
/// <param name="Warnings">What the user should know.</param>
internal sealed record SettingsFacts(IReadOnlyDictionary<string, string> Options, IReadOnlyList<ReportedModel> Models, IReadOnlyList<string> Warnings)
{
    /// <summary>Those of an anonymizer.</summary>
    public static SettingsFacts Of(Anonymizer anonymizer) => new(anonymizer.Options, anonymizer.Models, anonymizer.Warnings);
}
