namespace Veil.Anonymization.Methods;

/// <summary>What some settings of <see cref="SyntheticAnonymizer"/> keep of a person.</summary>
internal static class SyntheticWarnings
{
    private const string Hint = "Use histogram=none, the default: painted faces take their light from what is around them.";

    public static MethodWarning? Assess(SyntheticOptions options) => options.Histogram switch
    {
        HistogramMatching.AdHoc => new(
            "synthetic with histogram=ad-hoc gives what is painted the brightness histogram of the original crop, the covered person in it: how light or dark skin, hair and clothes are stays, and how much of each there is.",
            Hint),
        HistogramMatching.Latent => new(
            "synthetic with histogram=latent chooses who is painted by the mean brightness and saturation of the original crop, the covered person in it: how light or dark somebody is stays.",
            Hint),
        _ => null,
    };
}
