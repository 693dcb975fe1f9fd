using System.Text.Json.Serialization;
using Veil.Evaluation.Privacy;

namespace Veil.Evaluation.Realism;

/// <summary>What was measured of a treatment: a unit of the journal.</summary>
internal sealed record RealismUnit(IReadOnlyList<Redetection> Found, LandmarkAgreement Landmarks, IdentityLikeness Likeness, IReadOnlyList<NetworkDistance> Distances);

/// <summary>What programs read of a result.</summary>
internal sealed record RealismRecord(
    int Pictures, int Faces, int Groups, IReadOnlyList<TreatmentRecord> Treatments, IReadOnlyDictionary<string, string> NotMeasured, IReadOnlyList<LeftOutPicture> LeftOut);

/// <summary>What programs read of a treatment.</summary>
internal sealed record TreatmentRecord(
    string Name, string? Method, IReadOnlyList<Redetection> Found, LandmarkAgreement Landmarks, IdentityLikeness Likeness, IReadOnlyList<NetworkDistance> Distances);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RealismRecord))]
[JsonSerializable(typeof(RealismUnit))]
internal sealed partial class RealismJson : JsonSerializerContext;
