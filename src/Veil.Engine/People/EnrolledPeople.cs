using Veil.Identity;

namespace Veil.Engine.People;

/// <summary>Reference photos, ready for a run.</summary>
/// <param name="Chooser">Decides by person.</param>
/// <param name="Options">What the report says of it: numbers, no names.</param>
/// <param name="Fingerprint">Stands for the photos; not reported, since it would tell who has them.</param>
/// <param name="Hints">What the user should look at; names photos, so it is said, not reported.</param>
/// <param name="Warnings">What the user should know.</param>
internal sealed record EnrolledPeople(
    PersonChooser Chooser, IReadOnlyDictionary<string, string> Options, string Fingerprint, IReadOnlyList<string> Hints, IReadOnlyList<string> Warnings)
{
    /// <summary>The option that says whom a list hides.</summary>
    public const string RuleOption = "people";
}
