using System.Text.Json;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Statistics;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Realism;

/// <summary>What was measured of all treatments.</summary>
/// <param name="Pictures">Pictures measured.</param>
/// <param name="Faces">Faces in them.</param>
/// <param name="Groups">Groups of them: people, where the folder tells them apart.</param>
/// <param name="Treatments">In the order in which they were named, the original first: what it gets is what can be had at best.</param>
/// <param name="NotMeasured">Treatments that cannot be measured here, with the reason.</param>
/// <param name="LeftOut">Pictures that were not measured.</param>
public sealed record RealismResult(
    int Pictures, int Faces, int Groups, IReadOnlyList<TreatmentRealism> Treatments, IReadOnlyList<(Treatment Treatment, string Reason)> NotMeasured,
    IReadOnlyList<LeftOutPicture> LeftOut)
{
    /// <summary>How much farther a treatment is from originals than other originals are, in a network's vectors.</summary>
    /// <param name="treatment">One of <see cref="Treatments"/>.</param>
    /// <param name="network">Id of a network.</param>
    /// <returns>The difference and half the width of its 95 % interval; null where it was not measured.</returns>
    public (double Difference, double Margin)? Above(TreatmentRealism treatment, string network)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        return Find(treatment) is { } own && Find(Treatments[0]) is { } floor ? own.Above(floor) : null;

        FrechetEstimate? Find(TreatmentRealism one) => one.Distances.FirstOrDefault(distance => distance.Network == network)?.Estimate;
    }

    /// <summary>All of it for programs.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(
        new RealismRecord(
            Pictures, Faces, Groups, [.. Treatments.Select(one => new TreatmentRecord(one.Treatment.Name, one.Treatment.Method?.Id, one.Found, one.Landmarks, one.Likeness, one.Distances))],
            NotMeasured.ToDictionary(one => one.Treatment.Name, one => one.Reason), LeftOut),
        RealismJson.Default.RealismRecord);
}

/// <summary>What was measured of one treatment.</summary>
/// <param name="Treatment">The treatment.</param>
/// <param name="Found">How often detectors find the faces again.</param>
/// <param name="Landmarks">How often a landmark model finds a face's points again, and where.</param>
/// <param name="Likeness">Whether results are anybody.</param>
/// <param name="Distances">Fréchet distances from originals, one for each network; empty with too few people.</param>
public sealed record TreatmentRealism(
    Treatment Treatment, IReadOnlyList<Redetection> Found, LandmarkAgreement Landmarks, IdentityLikeness Likeness, IReadOnlyList<NetworkDistance> Distances);

/// <summary>How often a detector finds faces again where it found them in the original, at its own threshold.</summary>
/// <param name="Detector">Its id.</param>
/// <param name="Again">Of those that it finds in the original.</param>
public sealed record Redetection(string Detector, ShareInterval Again);

/// <summary>
/// What a landmark model says of the faces that the first detector finds again. Points count where their contour fills the found
/// face's box (<see cref="Regions.FacePoints.Fits"/>), as a run asks.
/// </summary>
/// <param name="Plausible">Faces with such points, of those that have them in the original.</param>
/// <param name="Median">How far eyes, nose and mouth corners are from the original's on average over the five, as a share of the distance of the eyes: half of the faces stay below it. NaN without any.</param>
/// <param name="High">95 in 100 stay below it.</param>
public sealed record LandmarkAgreement(ShareInterval Plausible, double Median, double High);

/// <summary>Whether a recognition network takes results for the original's person, beside what it takes strangers for.</summary>
/// <param name="Own">Mean cosine between a result and its own original.</param>
/// <param name="SameAsOwn">Results that it takes for their original's person.</param>
/// <param name="Others">Mean cosine between a result and originals of others.</param>
/// <param name="SameAsOther">Share of those pairs that it takes for the same person.</param>
/// <param name="NearestIsOwn">Results whose most similar original of all is their own: who guesses gets one in as many as there are.</param>
/// <param name="NearestOther">Median cosine of the most similar original of somebody else.</param>
/// <param name="NearestOfAll">The highest of these: the result that looks most like somebody else.</param>
public sealed record IdentityLikeness(
    double Own, ShareInterval SameAsOwn, double Others, double SameAsOther, ShareInterval NearestIsOwn, double NearestOther, double NearestOfAll);

/// <summary>A Fréchet distance in the vectors of a network.</summary>
/// <param name="Network">Its id.</param>
/// <param name="Estimate">The distance.</param>
public sealed record NetworkDistance(string Network, FrechetEstimate Estimate);
