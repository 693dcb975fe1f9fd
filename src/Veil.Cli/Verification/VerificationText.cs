using System.Globalization;
using Veil.Cli.Output;
using Veil.Evaluation.Verification;
using Veil.Pipeline.Verification;

namespace Veil.Cli.Verification;

/// <summary>A verification in lines for a person.</summary>
internal static class VerificationText
{
    private const int MostLines = 20;

    public static void Write(VerificationSummary summary)
    {
        foreach (var file in summary.Files.Where(file => file.Verification.Verdict != OutputVerdict.Holds))
        {
            Console.Out.WriteLine($"{file.Name}: {(file.Verification.Verdict == OutputVerdict.Fails ? "DOES NOT HOLD" : "could not be checked")}");
            foreach (var finding in file.Verification.Against.Take(MostLines))
            {
                Console.Out.WriteLine($"  {finding.Check}: {finding.Message}{Place(finding)}");
            }
        }

        var doubtful = summary.Files.Count(file => file.Verification.Findings.Any(finding => finding.Tone == FindingTone.Doubtful));
        if (doubtful > 0)
        {
            Console.Out.WriteLine($"{Plural.Of(doubtful, "file")} with doubtful findings, which fail nothing; -o DIR lists them");
        }

        Console.Out.WriteLine(summary.Sentence);
    }

    private static string Place(OutputFinding finding) => finding.Place is { } place
        ? string.Create(CultureInfo.InvariantCulture, $" (frame {place.Frame}, {place.Left:0},{place.Top:0} to {place.Right:0},{place.Bottom:0})")
        : "";
}
