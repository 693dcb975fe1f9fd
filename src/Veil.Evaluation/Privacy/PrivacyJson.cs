using System.Text.Json.Serialization;
using Veil.Evaluation.Privacy.Likeness;

namespace Veil.Evaluation.Privacy;

/// <summary>What the attackers with one network, or those without, made of a treatment: a unit of the journal.</summary>
internal sealed record AttackUnit(IReadOnlyList<AttackResult> Attacks);

/// <summary>What is measured of a treatment without a network: a unit of the journal.</summary>
internal sealed record LookUnit(IReadOnlyList<DetectorHits> Found, PictureLikeness Likeness, int Pictures);

[JsonSerializable(typeof(AttackUnit))]
[JsonSerializable(typeof(LookUnit))]
[JsonSerializable(typeof(NetworkSanity))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
