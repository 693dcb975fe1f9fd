using System.Globalization;
using Veil.Anonymization;

namespace Veil.Evaluation.Privacy;

/// <summary>The result in a few sentences.</summary>
public static class PrivacySummary
{
    /// <summary>One sentence for each group of treatments, the best first.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="settings">How.</param>
    public static IReadOnlyList<string> Of(PrivacyResult result, PrivacySettings settings)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(settings);
        var treatments = result.Treatments.Where(one => !one.Treatment.IsOriginal).ToList();
        var sentences = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{treatments.Count} treatments against {settings.Networks.Count} recognition {(settings.Networks.Count == 1 ? "network" : "networks")} ({string.Join(", ", settings.Networks.Select(network => network.Name))}) and an attacker without one, on {result.Pictures} pictures of {result.People} people. Guessing names the right one of {result.DrawnPeople} people in {Share(result.Chance)} of cases{Originals(result)}."),
        };
        if (treatments.Count == 0)
        {
            return sentences;
        }

        Add(HidingVerdict.AtChance, "At chance, against every attacker");
        Add(HidingVerdict.NearChance, "Measurably above chance, but no more than twice chance");
        Add(HidingVerdict.Undecided, "Undecided: too few people to tell guessing from twice as good, so that none of these may be taken for safe");
        Add(HidingVerdict.Recognized, "Recognized by somebody, most often first");
        var presets = treatments.Where(one => one.Treatment.Preset is not null).ToList();
        if (presets.Count > 0)
        {
            var failing = presets.Where(one => one.Verdict == HidingVerdict.Recognized).OrderByDescending(one => one.Strongest.RankOne).ToList();
            var undecided = presets.Count(one => one.Verdict == HidingVerdict.Undecided);
            sentences.Add(failing.Count == 0
                ? $"None of the {presets.Count} presets of other tools and studies is shown to leave people recognizable here{(undecided > 0 ? $"; {undecided} of them {(undecided == 1 ? "is" : "are")} undecided" : "")}."
                : $"{failing.Count} of the {presets.Count} presets of other tools and studies leave people recognizable; {failing[0].Treatment.Name} most of all: {Share(failing[0].Strongest.RankOne)} are named.");
        }

        return sentences;

        void Add(HidingVerdict verdict, string words)
        {
            var those = treatments.Where(one => one.Verdict == verdict).OrderByDescending(one => one.Strongest.RankOne).ToList();
            if (those.Count > 0)
            {
                sentences.Add($"{words} ({those.Count}): {string.Join(", ", those.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Treatment.Name} ×{Times(one.Strongest.TimesChance)}")))}.");
            }
        }
    }

    internal static string Promise(TreatmentPrivacy one) => one.Guarantee switch
    {
        null => "",
        Guarantee.Irreversible => "irreversible",
        Guarantee.Bounded => "bounded",
        Guarantee.Synthetic => "synthetic",
        _ => "obfuscating",
    };

    /// <summary>A verdict in words.</summary>
    public static string Words(HidingVerdict verdict) => verdict switch
    {
        HidingVerdict.AtChance => "at chance",
        HidingVerdict.Undecided => "undecided",
        HidingVerdict.NearChance => "near chance",
        _ => "recognized",
    };

    /// <summary>A reason in words, as a heading.</summary>
    public static string Words(LeftOutReason reason) => reason switch
    {
        LeftOutReason.Unreadable => "unreadable",
        LeftOutReason.NotAPicture => "no picture",
        LeftOutReason.NoPerson => "in no person's folder",
        LeftOutReason.NotAligned => "no aligned crop",
        _ => "no face found",
    };

    private static string Originals(PrivacyResult result) =>
        result.Treatments.FirstOrDefault(one => one.Treatment.IsOriginal) is { } original ? $"; of originals {Share(original.Strongest.RankOne)} are named rightly" : "";

    private static string Share(double share) => share.ToString(share < 0.1 ? "P2" : "P1", CultureInfo.InvariantCulture);

    private static string Times(double times) => times.ToString(times < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
