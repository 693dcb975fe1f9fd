using System.Text.Json.Serialization;
using Veil.Evaluation.Privacy.Likeness;
using Veil.Evaluation.Privacy.Verification;

namespace Veil.Evaluation.Privacy;

/// <summary>What the attackers with one network, or those without, made of a treatment: a unit of the journal.</summary>
internal sealed record AttackUnit(IReadOnlyList<AttackResult> Attacks);

/// <summary>What is measured of a treatment without a network: a unit of the journal.</summary>
internal sealed record LookUnit(IReadOnlyList<DetectorHits> Found, PictureLikeness Likeness, int Pictures);

/// <summary>What programs read of a result.</summary>
internal sealed record PrivacyRecord(
    ArchiveLayout Layout, int Pictures, int People, int DrawnPeople, double Chance, bool Sane, IReadOnlyList<NetworkSanity> Sanity, IReadOnlyList<TreatmentRecord> Treatments,
    IReadOnlyDictionary<string, string> NotMeasured, IReadOnlyList<LeftOutPicture> LeftOut);

/// <summary>What programs read of a treatment.</summary>
internal sealed record TreatmentRecord(
    string Name, string? Method, string? Preset, HidingVerdict Verdict, AttackResult Strongest, IReadOnlyList<AttackResult> Attacks, IReadOnlyList<DetectorHits> Found, PictureLikeness Likeness);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(PrivacyRecord))]
[JsonSerializable(typeof(AttackUnit))]
[JsonSerializable(typeof(LookUnit))]
[JsonSerializable(typeof(NetworkSanity))]
[JsonSerializable(typeof(PairAccuracy))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
