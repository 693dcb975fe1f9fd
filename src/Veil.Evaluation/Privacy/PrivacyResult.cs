using System.Text.Json;
using System.Text.Json.Serialization;
using Veil.Anonymization;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Privacy;

/// <summary>What was measured of all treatments.</summary>
/// <param name="Layout">What the pictures were.</param>
/// <param name="Pictures">Pictures measured: those of people with two or more.</param>
/// <param name="People">Their people.</param>
/// <param name="SinglePictures">Pictures of people with one only; they take part in the check by pairs alone.</param>
/// <param name="DrawnPeople">People in a draw of the identification.</param>
/// <param name="Sanity">The check of each network on originals.</param>
/// <param name="Treatments">In the order in which they were named, the original first.</param>
/// <param name="NotMeasured">Treatments that cannot be measured here, with the reason.</param>
/// <param name="LeftOut">Pictures that were not measured.</param>
public sealed record PrivacyResult(
    ArchiveLayout Layout, int Pictures, int People, int SinglePictures, int DrawnPeople, IReadOnlyList<NetworkSanity> Sanity,
    IReadOnlyList<TreatmentPrivacy> Treatments, IReadOnlyList<(Treatment Treatment, string Reason)> NotMeasured, IReadOnlyList<LeftOutPicture> LeftOut)
{
    /// <summary>What guessing gives in the identification, 0..1.</summary>
    public double Chance => 1.0 / DrawnPeople;

    /// <summary>All of it for programs.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(
        new PrivacyRecord(
            Layout, Pictures, People, DrawnPeople, Chance, IsSane, Sanity,
            [.. Treatments.Select(one => new TreatmentRecord(
                one.Treatment.Name, one.Treatment.Method?.Id, one.Treatment.Preset?.Name, one.Verdict, one.Strongest, one.Attacks, one.Found, one.Likeness))],
            NotMeasured.ToDictionary(one => one.Treatment.Name, one => one.Reason), LeftOut),
        PrivacyJson.Default.PrivacyRecord);

    /// <summary>True when every network does on originals what it should; otherwise no figure means anything.</summary>
    public bool IsSane => Sanity.All(network => network.Passed);
}

/// <summary>What was measured of one treatment.</summary>
/// <param name="Treatment">The treatment.</param>
/// <param name="Attacks">Each attacker that applies, by each network; attackers without a network once.</param>
/// <param name="Found">How often detectors find a face in treated pictures.</param>
/// <param name="Likeness">How much treated pictures look like the originals.</param>
/// <param name="Pictures">Pictures that <paramref name="Found"/> and <paramref name="Likeness"/> are of: one for each person.</param>
public sealed record TreatmentPrivacy(
    Treatment Treatment, IReadOnlyList<AttackResult> Attacks, IReadOnlyList<DetectorHits> Found, Likeness.PictureLikeness Likeness, int Pictures)
{
    /// <summary>The attack that names most people, by its estimate.</summary>
    public AttackResult Strongest => Attacks.MaxBy(attack => attack.RankOne)!;

    /// <summary>
    /// The worst that any attack says about it. That need not be <see cref="Strongest"/>'s: a wide interval may reach down to chance
    /// where the narrow one of a smaller estimate does not.
    /// </summary>
    public HidingVerdict Verdict => Attacks.Max(attack => attack.Verdict);

    /// <summary>What the method promises; null for the original.</summary>
    public Guarantee? Guarantee => Treatment.Method?.Guarantee;
}

/// <summary>How one attacker fared.</summary>
/// <param name="Attacker">Its id in <see cref="Attackers.AttackerCatalog"/>.</param>
/// <param name="Network">Its network's id; empty without one.</param>
/// <param name="RankOne">Share of probes whose nearest archive picture shows the same person, 0..1.</param>
/// <param name="RankOneMargin">Half the width of its 95 % confidence interval.</param>
/// <param name="Chance">What guessing gives.</param>
/// <param name="At1Percent">Share of true pairs accepted where one in a hundred false ones is; null with fewer than a hundred.</param>
/// <param name="At1PerMille">The same where one in a thousand is; null with fewer than a thousand.</param>
/// <param name="EqualError">Where as many true pairs are refused as false ones accepted.</param>
public sealed record AttackResult(
    string Attacker, string Network, double RankOne, double RankOneMargin, double Chance,
    Verification.AcceptedShare? At1Percent, Verification.AcceptedShare? At1PerMille, double EqualError)
{
    private const double Close = 2;

    // Sums of many equal shares are off by their last digit.
    private const double Rounding = 1e-9;

    /// <summary>Rank-1 as a multiple of chance.</summary>
    [JsonIgnore]
    public double TimesChance => RankOne / Chance;

    /// <summary>What rank-1 says.</summary>
    [JsonIgnore]
    public HidingVerdict Verdict =>
        RankOne - RankOneMargin <= Chance + Rounding ? RankOne + RankOneMargin <= (Close * Chance) + Rounding ? HidingVerdict.AtChance : HidingVerdict.Undecided
        : TimesChance <= Close ? HidingVerdict.NearChance
        : HidingVerdict.Recognized;
}

/// <summary>How well a treatment hides who somebody is, from good to bad.</summary>
public enum HidingVerdict
{
    /// <summary>No better than guessing: the 95 % interval reaches down to chance, and not above twice chance.</summary>
    AtChance,

    /// <summary>The interval reaches down to chance and above twice chance: too few people to say. Never to be taken for safe.</summary>
    Undecided,

    /// <summary>Measurably better than guessing, but by the estimate no more than twice as good.</summary>
    NearChance,

    /// <summary>More than twice as good as guessing.</summary>
    Recognized,
}

/// <summary>How often a detector finds a face where one was treated.</summary>
/// <param name="Detector">Its id.</param>
/// <param name="Share">Of the pictures looked at, 0..1.</param>
/// <param name="Low">Lower end of the 95 % interval (Wilson, 1927).</param>
/// <param name="High">Its upper end.</param>
/// <param name="Unalignable">Pictures in which it found no face with five points: an attacker who must align by himself has nothing to compare there.</param>
public sealed record DetectorHits(string Detector, double Share, double Low, double High, int Unalignable);

/// <summary>Whether a network does on originals what it should.</summary>
/// <param name="Network">Its id.</param>
/// <param name="Accuracy">On the pairs, mean over folds; null without pairs.</param>
/// <param name="AccuracyError">Standard error of that mean.</param>
/// <param name="Pairs">Pairs that took part.</param>
/// <param name="Published">The published accuracy; null where none is.</param>
/// <param name="Tolerance">How far below it a measured one may lie.</param>
/// <param name="RankOne">Rank-1 on originals.</param>
/// <param name="Passed">False when figures measured with it mean nothing.</param>
/// <param name="Explanation">The check in a sentence.</param>
public sealed record NetworkSanity(
    string Network, double? Accuracy, double AccuracyError, int Pairs, double? Published, double Tolerance, double RankOne, bool Passed, string Explanation);
